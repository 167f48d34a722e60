import Histories

extension Models {
  static var logs: [Model] { [appendList, log] }

  private static var appendList: Model {
    Model(
      "append-list",
      guide: Guide(
        model: "append a value, read the whole list; empty at first",
        guarantee: "Every read returns just the values appended before it, in their order.",
        source: "Kingsbury and Alvaro 2020 (Elle), for single operations",
        failure: """
          {:process 0 :type :invoke :f :append :value 1}
          {:process 0 :type :ok :f :append :value 1}
          {:process 0 :type :invoke :f :append :value 2}
          {:process 0 :type :ok :f :append :value 2}
          {:process 1 :type :invoke :f :read}
          {:process 1 :type :ok :f :read :value [2 1]}
          """),
      specification: ListSpecification())
  }

  private static var log: Model {
    Model(
      "log",
      guide: Guide(
        model: "append returns the offset of a value, read of an offset returns the value or nil",
        guarantee: "Offsets have no gaps, and the value at an offset never changes.",
        source: "Balakrishnan et al. 2012 (CORFU)",
        failure: """
          {:process 0 :type :invoke :f :append :value "a"}
          {:process 1 :type :invoke :f :append :value "b"}
          {:process 0 :type :ok :f :append :value 0}
          {:process 1 :type :ok :f :append :value 0}
          """),
      options: [
        CheckerOption(
          "first", values: .number(minimum: 0, default: 0), meaning: "the offset of the first entry"
        )
      ]
    ) { ListSpecification(firstOffset: $0.number("first") ?? 0) }
  }
}

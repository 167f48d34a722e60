import Histories

extension Models {
  static var counters: [Model] { [counter, fetchAndAdd, uniqueIDs] }

  private static var initialNumber: CheckerOption {
    CheckerOption(
      "initial", values: .number(minimum: .min, default: 0), meaning: "the number at first")
  }

  private static var counter: Model {
    Model(
      "counter",
      guide: Guide(
        model: "add, increment and decrement without a result, read; 0 at first",
        guarantee: "Every read returns the sum of just those additions that came before it.",
        source: "Jepsen's counter workload, decided exactly",
        failure: """
          {:process 0 :type :invoke :f :add :value 2}
          {:process 0 :type :ok :f :add :value 2}
          {:process 1 :type :invoke :f :read}
          {:process 1 :type :ok :f :read :value 1}
          """),
      options: [initialNumber]
    ) { CounterSpecification(initial: $0.number("initial") ?? 0) }
  }

  private static var fetchAndAdd: Model {
    Model(
      "fetch-and-add",
      guide: Guide(
        model: "fetch-and-add returns the old number, add-and-fetch the new; read; 0 at first",
        guarantee: "No two additions start from the same number, and none is lost.",
        source: "Herlihy 1991",
        failure: """
          {:process 0 :type :invoke :f :fetch-and-add :value 1}
          {:process 1 :type :invoke :f :fetch-and-add :value 1}
          {:process 0 :type :ok :f :fetch-and-add :value 0}
          {:process 1 :type :ok :f :fetch-and-add :value 0}
          """),
      options: [initialNumber]
    ) { FetchAndAddSpecification(initial: $0.number("initial") ?? 0) }
  }

  private static var uniqueIDs: Model {
    Model(
      "unique-ids",
      guide: Guide(
        summary: "generate returns an identifier that it never returned before",
        guarantee: "No identifier was handed out twice.",
        complexity: "O(n).",
        source: "Jepsen's unique-ids workload",
        failure: """
          {:process 0 :type :invoke :f :generate}
          {:process 0 :type :ok :f :generate :value 7}
          {:process 1 :type :invoke :f :generate}
          {:process 1 :type :ok :f :generate :value 7}
          """),
      specification: UniqueIDSpecification())
  }
}

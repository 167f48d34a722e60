import Histories

extension Models {
  static var registers: [Model] {
    [register, casRegister, keyValue, textStore, multiRegister, nondeterministicRegister]
  }

  private static var registerOptions: [CheckerOption] {
    [
      CheckerOption(
        "initial", values: .value(default: .none), meaning: "what a register holds at first"),
      CheckerOption(
        "nil-reads", values: .word(["absent", "unknown"]),
        meaning: "whether a read of nil found nothing, or was not recorded as in Knossos"),
    ]
  }

  private static func registerSpecification(
    _ options: CheckerOptions, allowsCompareAndSet: Bool = true
  ) -> RegisterSpecification {
    RegisterSpecification(
      initial: options.value("initial"), nilRead: nilRead(options),
      allowsCompareAndSet: allowsCompareAndSet)
  }

  private static func nilRead(_ options: CheckerOptions) -> RegisterSpecification.NilRead {
    options.word("nil-reads") == "unknown" ? .unknown : .absent
  }

  private static var register: Model {
    Model(
      "register",
      guide: Guide(
        model: "read and write; empty at first",
        guarantee: "Every read returns the value of the last write.",
        source: "Lamport 1986; Herlihy and Wing 1990",
        failure: """
          {:process 0 :type :invoke :f :write :value 1}
          {:process 0 :type :ok :f :write :value 1}
          {:process 1 :type :invoke :f :read}
          {:process 1 :type :ok :f :read :value nil}
          """),
      options: registerOptions, monitor: Monitor.register
    ) { registerSpecification($0, allowsCompareAndSet: false) }
  }

  private static var casRegister: Model {
    Model(
      "cas-register",
      guide: Guide(
        model: "read, write and cas [expected new]; empty at first",
        guarantee:
          "Every read returns the last value written, and a cas succeeds just when it finds the "
          + "value it expects.",
        source: "Herlihy 1991; Knossos",
        failure: """
          {:process 0 :type :invoke :f :write :value 1}
          {:process 0 :type :ok :f :write :value 1}
          {:process 1 :type :invoke :f :cas :value [2 3]}
          {:process 1 :type :ok :f :cas :value [2 3]}
          """),
      options: registerOptions, monitor: Monitor.register
    ) { registerSpecification($0) }
  }

  private static var keyValue: Model {
    Model(
      "key-value",
      guide: Guide(
        model: "read, write and cas for each key; every key absent at first",
        guarantee: "Every key is a register with compare-and-set of its own.",
        source: "Herlihy and Wing 1990, theorem 1",
        failure: """
          {:process 0 :type :invoke :f :write :key "x" :value 1}
          {:process 0 :type :ok :f :write :key "x" :value 1}
          {:process 1 :type :invoke :f :read :key "x"}
          {:process 1 :type :ok :f :read :key "x" :value nil}
          """),
      options: registerOptions, monitor: Monitor.register
    ) { registerSpecification($0) }
  }

  private static var textStore: Model {
    Model(
      "kv-string",
      guide: Guide(
        model: "get, put and append of strings for each key; every key \"\" at first",
        guarantee: "Every get returns the last string put, with all that was appended since.",
        source: "Porcupine's kv model",
        failure: """
          {:process 0 :type :invoke :f :append :key "x" :value "a"}
          {:process 0 :type :ok :f :append :key "x" :value "a"}
          {:process 1 :type :invoke :f :get :key "x"}
          {:process 1 :type :ok :f :get :key "x" :value ""}
          """),
      specification: TextStoreSpecification(), monitor: Monitor.textStore)
  }

  private static var multiRegister: Model {
    Model(
      "multi-register",
      guide: Guide(
        model: "txn [[:read x nil] [:write y 2]] on several registers; all empty at first",
        guarantee:
          "Transactions happen one at a time, each between its invocation and its completion: "
          + "strict serializability.",
        source: "Knossos' multi-register",
        failure: """
          {:process 0 :type :invoke :f :txn :value [[:write :x 1] [:write :y 1]]}
          {:process 0 :type :ok :f :txn :value [[:write :x 1] [:write :y 1]]}
          {:process 1 :type :invoke :f :txn :value [[:read :x nil] [:read :y nil]]}
          {:process 1 :type :ok :f :txn :value [[:read :x 1] [:read :y nil]]}
          """),
      options: registerOptions
    ) { MultiRegisterSpecification(initial: $0.value("initial"), nilRead: nilRead($0)) }
  }

  private static var nondeterministicRegister: Model {
    Model(
      "nondeterministic-register",
      guide: Guide(
        model: "put-any keeps some subset, get-any returns some subset, get-all everything",
        guarantee: "Every get returns what some choice of subsets would have left.",
        source: "Porcupine's tests of nondeterminism",
        failure: """
          {:process 0 :type :invoke :f :put-any :value [1 2]}
          {:process 0 :type :ok :f :put-any}
          {:process 0 :type :invoke :f :get-any}
          {:process 0 :type :ok :f :get-any :value [3]}
          """),
      specification: NondeterministicRegisterSpecification())
  }
}

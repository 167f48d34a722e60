import Histories

extension Models {
  static var accounts: [Model] { [bank] }

  /// More accounts than any read could list.
  private static var maximumAccounts: Int64 { 1_000_000 }

  private static var bank: Model {
    Model(
      "bank",
      guide: Guide(
        model: "transfer {:from a :to b :amount n}, read all balances",
        guarantee:
          "Every read shows all balances at one instant; no money appears or disappears, and no "
          + "account is overdrawn.",
        source: "Jepsen's bank workload",
        failure: """
          {:process 0 :type :invoke :f :read}
          {:process 0 :type :ok :f :read :value {0 10, 1 10}}
          {:process 1 :type :invoke :f :transfer :value {:from 0 :to 1 :amount 4}}
          {:process 0 :type :invoke :f :read}
          {:process 0 :type :ok :f :read :value {0 6, 1 10}}
          {:process 1 :type :ok :f :transfer :value {:from 0 :to 1 :amount 4}}
          """),
      options: [
        CheckerOption(
          "accounts", values: .number(minimum: 1, default: nil),
          meaning: "how many accounts there are, numbered from 0; otherwise the first read tells"),
        CheckerOption(
          "initial", values: .number(minimum: 0, default: nil),
          meaning: "what every account holds at first; otherwise the first read tells"),
        CheckerOption(
          "total", values: .number(minimum: 0, default: nil),
          meaning: "what all accounts hold together; otherwise the first read tells"),
        CheckerOption(
          "overdrafts", values: .word(["refused", "allowed"]),
          meaning: "whether a balance may be negative"),
      ]
    ) { options in
      BankSpecification(
        accounts: options.number("accounts").map { count in
          (0..<min(count, maximumAccounts)).map { .integer($0) }
        },
        initial: options.number("initial"), total: options.number("total"),
        allowsOverdrafts: options.word("overdrafts") == "allowed")
    }
  }
}

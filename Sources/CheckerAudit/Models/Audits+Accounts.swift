import Checking
import Histories

extension Audits {
  static var accounts: [Audit] { [bank, overdraftBank, openBank, openBankWithTotal] }

  private static let numbers: [Value] = .integers(0...1)

  private static var bank: Audit {
    .linearizability(
      "bank",
      histories: RandomHistories(
        specification: BankSpecification(accounts: numbers, initial: 2),
        calls: bankCalls(total: 4), spoiltPercent: 20))
  }

  private static var overdraftBank: Audit {
    .linearizability(
      "bank with overdrafts",
      histories: RandomHistories(
        specification: BankSpecification(accounts: numbers, initial: 0, allowsOverdrafts: true),
        calls: transferCalls(outputs: [.none]) + readCalls(total: 0, from: -6...6)
          + readCalls(total: 0, from: -6...6)))
  }

  /// Nothing is known at first: some first balances have to explain everything.
  private static var openBank: Audit {
    openBank(
      "bank with unknown balances", specification: BankSpecification(),
      worlds: (0...8).flatMap { first in (0...4).map { [first, $0] } })
  }

  /// Only the total is known, and there may be an account that nobody mentions.
  private static var openBankWithTotal: Audit {
    let two: [[Int64]] = (0...4).map { [$0, 4 - $0] }
    let three: [[Int64]] = (0...4).flatMap { first in
      (0...4 - first).map { [first, $0, 4 - first - $0] }
    }
    return openBank(
      "bank with unknown balances and a known total", specification: BankSpecification(total: 4),
      worlds: two + three)
  }

  private static func openBank(
    _ name: String, specification: BankSpecification, worlds: [[Int64]]
  ) -> Audit {
    let histories = RandomHistories(
      specification: BankSpecification(accounts: numbers, initial: 2),
      calls: transferCalls(outputs: .answers) + readCalls(total: 4, from: 0...4)
        + readCalls(total: 5, from: 0...5),
      operations: 4, spoiltPercent: 45)
    let twins = worlds.map { amounts in
      BruteForceLinearizability(
        specification: BankSpecification(
          balances: amounts.enumerated().map { (.integer(Int64($0)), $1) }),
        outputs: histories.outputs)
    }
    return Audit("linearizable \(name)") { seed in
      let history = try histories.make(seed: seed)
      let isValid = try twins.contains { try $0.isLinearizable(history) }
      switch try LinearizabilityChecker(specification).check(history) {
      case .valid where isValid, .invalid where !isValid: return Audit.Comparison(isValid: isValid)
      case .valid: return Audit.Comparison(isValid: isValid, mismatch: "accepted, though invalid")
      case .invalid: return Audit.Comparison(isValid: isValid, mismatch: "rejected, though valid")
      case .unknown:
        return Audit.Comparison(isValid: isValid, mismatch: "a small history should be decided")
      }
    }
  }

  private static func bankCalls(
    total: Int64
  ) -> [RandomHistories<BankSpecification>.Call] {
    transferCalls(outputs: .answers) + readCalls(total: total, from: 0...total)
      + readCalls(total: total, from: 0...total)
  }

  private static func transferCalls(
    outputs: [Value]
  ) -> [RandomHistories<BankSpecification>.Call] {
    let transfers = [(0, 1, 1), (0, 1, 2), (1, 0, 1), (1, 1, 2)].map {
      (from, to, amount) -> Value in
      .list([
        .list([.keyword("from"), .integer(from)]), .list([.keyword("to"), .integer(to)]),
        .list([.keyword("amount"), .integer(amount)]),
      ])
    }
    return RandomHistories.calls("transfer", inputs: transfers, outputs: outputs)
  }

  private static func readCalls(
    total: Int64, from amounts: ClosedRange<Int64>
  ) -> [RandomHistories<BankSpecification>.Call] {
    let balances = amounts.map { amount -> Value in
      .list([
        .list([.integer(0), .integer(amount)]), .list([.integer(1), .integer(total - amount)]),
      ])
    }
    return RandomHistories.calls("read", outputs: balances)
  }
}

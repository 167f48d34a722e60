import Histories

extension Checker {
  /// Transfers move money between accounts, so that every read adds up to the same total.
  static var bank: Checker {
    Checker(
      "bank",
      guide: Guide(
        summary: "transfer, and reads of all accounts: the total never changes",
        guarantee: "every read shows known accounts with balances that add up to the total, and "
          + "none below zero unless that is allowed; snapshot isolation promises this",
        complexity: "O(n) in the length of all reads together",
        source: "Jepsen, tests/bank, and elle-cli, which takes accounts and total from the first "
          + "read",
        failure: """
          {:process 0 :type :invoke :f :read}
          {:process 0 :type :ok :f :read :value {0 10, 1 0}}
          {:process 0 :type :invoke :f :transfer :value {:from 0 :to 1 :amount 3}}
          {:process 1 :type :invoke :f :read}
          {:process 1 :type :ok :f :read :value {0 7, 1 0}}
          {:process 0 :type :ok :f :transfer :value {:from 0 :to 1 :amount 3}}
          """),
      options: [
        CheckerOption(
          "total", values: .number(minimum: .min, default: nil),
          meaning: "what all balances add up to; by default what the first read adds up to"),
        CheckerOption(
          "negative-balances", values: .word(["forbidden", "allowed"]),
          meaning: "whether a balance may be below zero"),
      ]
    ) { (history, options, _) throws(SpecificationError) in
      var analysis = BankAnalysis(
        total: options.number("total"),
        allowsNegative: options.word("negative-balances") == "allowed")
      for object in ObjectHistory.all(of: history) { try analysis.add(object) }
      return analysis.assessment
    }
  }
}

/// Looks for the first thing wrong with each read.
private struct BankAnalysis {
  let total: Int64?
  let allowsNegative: Bool
  private var findings = Findings(
    "wrong-total", "negative-value", "nil-balance", "unexpected-key")
  private var readCount = 0
  private var wrongTotals: (lowest: Int64, highest: Int64)?

  init(total: Int64?, allowsNegative: Bool) {
    self.total = total
    self.allowsNegative = allowsNegative
  }

  private typealias Read = (id: OperationID, end: Int, balances: [(account: Value, Int64?)])

  mutating func add(_ object: ObjectHistory) throws(SpecificationError) {
    var reads: [Read] = []
    for (id, operation) in object {
      switch operation.invocation.function {
      case "transfer": break
      case "read":
        guard let output = operation.output else { continue }
        reads.append((id, operation.end, try balances(in: output, of: operation)))
      default: throw operation.foreign("bank", fix: "use transfer and read")
      }
    }
    reads.sort { $0.end < $1.end }
    guard let first = reads.first else { return }
    var accounts = Numbering<Value>()
    for (account, _) in first.balances { _ = accounts.number(of: account) }
    let known = accounts.elements.count
    let total = total ?? Self.sum(first.balances)
    for read in reads {
      readCount += 1
      let unexpected = read.balances.first { accounts.number(of: $0.account) >= known }
      judge(read, unexpected: unexpected?.account, total: total, key: object.key)
    }
  }

  /// The pairs of an account and its balance in a read.
  private func balances(
    in output: Value, of operation: Operation
  ) throws(SpecificationError) -> [(account: Value, Int64?)] {
    var balances: [(account: Value, Int64?)] = []
    for entry in output.elements ?? [.none] {
      guard case .list(let pair) = entry, pair.count == 2,
        pair[1] == .none || pair[1].integer != nil
      else {
        throw SpecificationError(
          operation, message: "\(output) is not a map of balances",
          fix: "record what a read returned as {account balance}")
      }
      balances.append((pair[0], pair[1].integer))
    }
    return balances
  }

  private mutating func judge(_ read: Read, unexpected: Value?, total: Int64, key: Value) {
    let sum = Self.sum(read.balances)
    if let unexpected {
      findings.add(
        "unexpected-key", key: key, operations: [read.id],
        text: "nobody knows account \(unexpected)")
    } else if let empty = read.balances.first(where: { $0.1 == nil }) {
      findings.add(
        "nil-balance", key: key, operations: [read.id],
        text: "account \(empty.account) has no balance")
    } else if sum != total {
      let extremes = wrongTotals ?? (sum, sum)
      wrongTotals = (min(extremes.lowest, sum), max(extremes.highest, sum))
      findings.add(
        "wrong-total", key: key, operations: [read.id],
        text: "the balances add up to \(sum), not to \(total)")
    } else if !allowsNegative, let debt = read.balances.first(where: { $0.1 ?? 0 < 0 }) {
      findings.add(
        "negative-value", key: key, operations: [read.id],
        text: "account \(debt.account) holds \(debt.1 ?? 0)")
    }
  }

  /// The sum of the balances; beyond 64 bits it wraps around, as in a bank that wrong.
  private static func sum(_ balances: [(account: Value, Int64?)]) -> Int64 {
    balances.reduce(0) { $0 &+ ($1.1 ?? 0) }
  }

  var assessment: Assessment {
    var facts: [Assessment.Fact] = [.count("read-count", count: readCount)]
    if let wrongTotals {
      facts.append(.init("lowest-wrong-total", value: .integer(wrongTotals.lowest)))
      facts.append(.init("highest-wrong-total", value: .integer(wrongTotals.highest)))
    }
    let doubt = "the accounts were never read: read all of them now and then"
    return findings.assessment(facts, doubt: readCount == 0 ? doubt : nil)
  }
}

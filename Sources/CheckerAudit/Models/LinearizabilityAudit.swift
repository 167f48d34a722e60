import Checking
import Determinism
import Histories

extension Audit {
  /// The search for a linearization beside brute force, with every verdict held to its evidence.
  static func linearizability<Specification>(
    _ name: String, histories: RandomHistories<Specification>
  ) -> Audit {
    let checker = LinearizabilityChecker(histories.specification)
    let verifier = LinearizationVerifier(histories.specification)
    let twin = BruteForceLinearizability(
      specification: histories.specification, outputs: histories.outputs)
    return Audit("linearizable \(name)") { seed in
      let history = try histories.make(seed: seed)
      let isValid = try twin.isLinearizable(history)
      switch try checker.check(history) {
      case .valid(let linearization):
        if !isValid { return Comparison(isValid: isValid, mismatch: "accepted, though invalid") }
        return Comparison(
          isValid: isValid, mismatch: try verifier.complaint(about: linearization, of: history))
      case .invalid(let explanation):
        if isValid { return Comparison(isValid: isValid, mismatch: "rejected, though valid") }
        return Comparison(
          isValid: isValid, mismatch: try complaint(about: explanation, of: history, twin: twin))
      case .unknown:
        return Comparison(isValid: isValid, mismatch: "a small history should be decided")
      }
    }
  }

  /// Whether the partition at fault is valid before the named completion, and invalid with it.
  private static func complaint<Specification>(
    about explanation: Explanation, of history: History,
    twin: BruteForceLinearizability<Specification>
  ) throws -> String? {
    let related = twin.specification.operations(relatedTo: explanation.operation, in: history)
    let partition = history.selecting(related)
    guard let place = related.firstIndex(of: explanation.operation),
      let end = partition.operations[place].completedAt
    else { return "the named operation should have completed" }
    guard explanation.isFirst, try twin.isLinearizable(partition, before: end) else {
      return "the prefix should be valid"
    }
    return try twin.isLinearizable(partition, before: end + 1)
      ? "the named completion should be impossible" : nil
  }
}

extension SequentialSpecification {
  /// The operations that keys tie to one of them, found by going through the history again and again.
  func operations(relatedTo first: OperationID, in history: History) -> [OperationID] {
    let everyone = history.operations.indices.map { OperationID($0) }
      .filter { history.operations[$0.position].completion != .fail }
    guard let start = partitions(of: history.operations[first.position]) else { return everyone }
    var keys = start
    var related: [OperationID] = []
    while true {
      related = everyone.filter { id in
        partitions(of: history.operations[id.position])?.contains(where: keys.contains) ?? true
      }
      let found = related.flatMap { partitions(of: history.operations[$0.position]) ?? [] }
      let new = found.filter { !keys.contains($0) }
      if new.isEmpty { return related }
      keys += new
    }
  }
}

import Checking
import Determinism
import Histories

/// Holds what monitors say about a history of one partition to its evidence.
struct Evidence<Specification: SequentialSpecification> {
  let specification: Specification
  let history: History

  /// What is wrong with the order of a valid history.
  func complaint(about order: [OperationID]) throws -> String? {
    let partition = Linearization.Partition(key: Value.none, order: order)
    return try LinearizationVerifier(specification).complaint(
      about: Linearization(partitions: [partition]), of: history)
  }

  /// What is wrong with the explanation of an invalid history, by brute force.
  func complaint(
    about explanation: Explanation, twin: BruteForceLinearizability<Specification>
  ) throws -> String? {
    guard try twin.isLinearizable(history, before: explanation.event) else {
      return "the prefix should be valid"
    }
    guard try !twin.isLinearizable(history, before: explanation.event + 1) else {
      return "the named completion should be impossible"
    }
    if let complaint = try complaintAboutPrefix(of: explanation) { return complaint }
    guard let conflict = explanation.conflict else { return "there is no conflict" }
    return try twin.isLinearizable(history.selecting(conflict.operations))
      ? "the conflict should be invalid by itself" : nil
  }

  /// What is wrong with the explanation of an invalid history, beside that of a search.
  func complaint(
    about explanation: Explanation, besides found: Explanation,
    search: LinearizabilityChecker<Specification>
  ) throws -> String? {
    guard found.isFirst, explanation.operation == found.operation, explanation.event == found.event
    else { return "the search blames another completion" }
    guard found.completedBefore == explanation.completedBefore else {
      return "the search counts other completions before it"
    }
    if let complaint = try complaintAboutPrefix(of: explanation) { return complaint }
    let conflict = history.selecting(explanation.conflict?.operations ?? [])
    if case .invalid = try search.check(conflict) { return nil }
    return "the conflict should be invalid by itself"
  }

  /// What is wrong with the order of what happened before the impossible completion.
  private func complaintAboutPrefix(of explanation: Explanation) throws -> String? {
    let order = explanation.linearization
    let prefix = Evidence(
      specification: specification, history: prefix(before: explanation.event, with: order))
    return try prefix.complaint(about: order).map { "of the prefix: \($0)" }
  }

  /// What happened before an event, after which some operations end as they did later.
  private func prefix(before event: Int, with order: [OperationID]) -> History {
    var prefix = History()
    for place in 0..<event {
      for (position, operation) in history.operations.enumerated() {
        if operation.invokedAt == place { _ = prefix.invoke(operation.invocation) }
        if operation.completedAt == place {
          prefix.complete(OperationID(position), operation.completion)
        }
      }
    }
    for id in order where prefix.operations[id.position].completedAt == nil {
      prefix.complete(id, history.operations[id.position].completion)
    }
    return prefix
  }
}

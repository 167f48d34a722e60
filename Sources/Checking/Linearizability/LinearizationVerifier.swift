import Determinism
public import Histories

/// Replays the certificate of a valid history; it knows nothing of the search that found it.
public struct LinearizationVerifier<Specification: SequentialSpecification>: Sendable {
  private let specification: Specification

  /// Creates a verifier of certificates for this specification.
  public init(_ specification: Specification) {
    self.specification = specification
  }

  /// Checks that the certificate covers the history, respects real time and is legal at each step.
  ///
  /// Returns nil for a sound certificate and otherwise what is wrong with it. Cost: O(n) steps of
  /// the specification.
  public func complaint(
    about linearization: Linearization, of history: History
  ) throws(SpecificationError) -> String? {
    var isPlaced = [Bool](repeating: false, count: history.operations.count)
    for partition in linearization.partitions {
      var states = [specification.initialState]
      var latestInvocation = -1
      for id in partition.order {
        let operation = history.operations[id.position]
        guard operation.completion != .fail, !isPlaced[id.position] else {
          return "operation \(id.position) failed or took effect twice"
        }
        guard specification.partition(of: operation) == partition.key else {
          return "operation \(id.position) belongs to another partition"
        }
        guard (operation.completedAt ?? .max) > latestInvocation || !operation.isCompleted else {
          return "operation \(id.position) completed before the one placed ahead of it began"
        }
        isPlaced[id.position] = true
        latestInvocation = max(latestInvocation, operation.invokedAt)
        guard let action = try specification.action(for: operation) else { continue }
        states = successors(of: states, by: action)
        if states.isEmpty { return "operation \(id.position) is illegal at its place" }
      }
    }
    for (position, operation) in history.operations.enumerated()
    where operation.isCompleted && !isPlaced[position] {
      if try specification.action(for: operation) != nil {
        return "operation \(position) completed but has no place"
      }
    }
    return nil
  }

  private func successors(
    of states: [Specification.State], by action: Specification.Action
  ) -> [Specification.State] {
    var all: [Specification.State] = []
    for state in states { specification.step(action, from: state, into: &all) }
    var distinct: [Specification.State] = []
    for state in all where !distinct.contains(state) { distinct.append(state) }
    return distinct
  }
}

extension Operation {
  /// Whether the operation returned to its client.
  fileprivate var isCompleted: Bool {
    if case .ok = completion { true } else { false }
  }
}

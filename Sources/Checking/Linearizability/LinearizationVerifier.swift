import Determinism
public import Histories

/// Replays the certificate of a valid history; it knows nothing of the search that found it.
public struct LinearizationVerifier<Specification: SequentialSpecification>: Sendable {
  private let specification: Specification

  /// Creates a verifier of certificates for this specification.
  public init(_ specification: Specification) {
    self.specification = specification
  }

  /// Checks that the certificate covers the history, keeps partitions apart, respects real time and
  /// is legal at each step.
  ///
  /// Returns nil for a sound certificate and otherwise what is wrong with it. Cost: O(n) steps of
  /// the specification.
  public func complaint(
    about linearization: Linearization, of history: History
  ) throws(SpecificationError) -> String? {
    var isPlaced = [Bool](repeating: false, count: history.operations.count)
    for partition in linearization.partitions {
      if let complaint = try complaint(about: partition.order, of: history, &isPlaced) {
        return complaint
      }
    }
    for (position, operation) in history.operations.enumerated()
    where operation.isCompleted && !isPlaced[position] {
      if try specification.action(for: operation) != nil {
        return "operation \(position) completed but has no place"
      }
    }
    return complaintAboutKeys(of: linearization, of: history)
  }

  private func complaint(
    about order: [OperationID], of history: History, _ isPlaced: inout [Bool]
  ) throws(SpecificationError) -> String? {
    var states = [specification.initialState]
    var latestInvocation = -1
    for id in order {
      let operation = history.operations[id.position]
      guard operation.completion != .fail, !isPlaced[id.position] else {
        return "operation \(id.position) failed or took effect twice"
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
    return nil
  }

  /// Judging partitions apart is only sound when no operation touches two of them.
  private func complaintAboutKeys(of linearization: Linearization, of history: History) -> String? {
    var owners: [Value: Int] = [:]
    for (number, partition) in linearization.partitions.enumerated() {
      if let key = partition.key, owners.updateValue(number, forKey: key) != nil {
        return "two partitions have the key \(key)"
      }
    }
    for (number, partition) in linearization.partitions.enumerated() {
      for id in partition.order {
        guard let keys = specification.partitions(of: history.operations[id.position]) else {
          if linearization.partitions.count == 1 { continue }
          return "operation \(id.position) touches every partition"
        }
        for key in keys where owners.updateValue(number, forKey: key) ?? number != number {
          return "operation \(id.position) belongs to another partition"
        }
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

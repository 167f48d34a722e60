import Determinism
import Histories

/// Replays the certificate of a sequentially consistent history; it knows nothing of the search.
struct SequentialVerifier<Specification: SequentialSpecification> {
  let specification: Specification

  init(_ specification: Specification) {
    self.specification = specification
  }

  /// What is wrong with an order, or nil if it is complete, legal and keeps each process's own order.
  func complaint(
    about order: [OperationID], of history: History
  ) throws(SpecificationError) -> String? {
    let earlier = completedBefore(history)
    var placed: [ProcessID: Int] = [:]
    var isPlaced = [Bool](repeating: false, count: history.operations.count)
    var states = [specification.initialState]
    for id in order {
      let operation = history.operations[id.position]
      let process = operation.invocation.process
      guard operation.completion != .fail, !isPlaced[id.position] else {
        return "operation \(id.position) failed or took effect twice"
      }
      guard placed[process, default: 0] >= earlier[id.position] else {
        return "operation \(id.position) comes before an earlier one of its process"
      }
      isPlaced[id.position] = true
      if case .ok = operation.completion { placed[process, default: 0] += 1 }
      guard let action = try specification.action(for: operation) else { continue }
      var next: [Specification.State] = []
      for state in states { specification.step(action, from: state, into: &next) }
      if next.isEmpty { return "operation \(id.position) is illegal at its place" }
      states = next
    }
    for (position, operation) in history.operations.enumerated() where !isPlaced[position] {
      guard case .ok = operation.completion else { continue }
      if try specification.action(for: operation) != nil {
        return "operation \(position) completed but has no place"
      }
    }
    return nil
  }

  /// For each operation, how many that mean something its process had completed before.
  private func completedBefore(_ history: History) -> [Int] {
    var counts: [ProcessID: Int] = [:]
    return history.operations.map { operation in
      let count = counts[operation.invocation.process, default: 0]
      if case .ok = operation.completion { counts[operation.invocation.process] = count + 1 }
      return count
    }
  }
}

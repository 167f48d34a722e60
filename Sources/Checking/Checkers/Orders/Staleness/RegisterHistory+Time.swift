import Determinism
import Histories

extension RegisterHistory {
  /// Reads that completed before the write was invoked whose value they returned.
  var futureReads: [Anomaly] {
    accesses.compactMap { access in
      guard case .read(from: let write?) = access.kind,
        let end = operations[access.operation].completedAt, end < operations[write].invokedAt
      else { return nil }
      return Anomaly(
        "future-read", key: keys[access.key],
        operations: [OperationID(write), OperationID(access.operation)],
        text: "\(words(access.operation)) completed before \(words(write)) was invoked")
    }
  }

  /// The event by which each write must have taken effect: its own completion, or that of a read
  /// that saw it; `Int.max` for reads.
  var deadlines: [Int] {
    var deadlines = [Int](repeating: .max, count: operations.count)
    for access in accesses {
      let operation = operations[access.operation]
      guard operation.completion != .info, let end = operation.completedAt else { continue }
      switch access.kind {
      case .write: deadlines[access.operation] = min(deadlines[access.operation], end)
      case .read(from: let write?): deadlines[write] = min(deadlines[write], end)
      case .read(from: nil): break
      }
    }
    return deadlines
  }
}

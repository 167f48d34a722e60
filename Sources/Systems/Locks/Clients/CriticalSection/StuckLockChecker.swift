import Checking
import Determinism
import Histories

/// Whether a lock that somebody waits for stands still at the end of a run.
///
/// O(n) for each worker that waits.
struct StuckLockChecker {
  private var latest: [OperationID?]
  private let history: History
  private let since: Instant

  /// Creates a checker for workers whose processes are numbered in rounds of their count.
  init(_ history: History, workers: Int, since: Instant) {
    self.history = history
    self.since = since
    latest = Array(repeating: nil, count: workers)
    for (position, operation) in history.operations.enumerated() {
      latest[Int(operation.invocation.process.number) % workers] = OperationID(position)
    }
  }

  /// The first lock with somebody who has waited since before, and nothing that happened to it since.
  func anomaly() -> Anomaly? {
    for id in latest.compactMap({ $0 }) {
      let operation = history.operations[id.position]
      guard operation.invocation.function == "acquire", operation.completedAt == nil,
        let begun = operation.invocationTime, begun < since, !hasMoved(operation.invocation.key)
      else { continue }
      return Anomaly(
        "stuck-lock", key: operation.invocation.key, operations: [id],
        text: "process \(operation.invocation.process.number) has waited for "
          + "\(operation.invocation.key) since \(begun), and nothing happened to it after \(since)")
    }
    return nil
  }

  private func hasMoved(_ lock: Value) -> Bool {
    guard case .text(let name) = lock else { return false }
    let file = Value.text("file/\(name.dropFirst("lock/".count))")
    return history.operations.contains { operation in
      let isAboutIt = operation.invocation.key == lock || operation.invocation.key == file
      return isAboutIt && operation.completionTime.map { $0 >= since } ?? false
    }
  }
}

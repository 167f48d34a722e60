import Checking
import Histories

/// Whether every acknowledged increment is in the counter.
///
/// Increments return the counter after them. Two that return the same number have overwritten each
/// other; one that returns no more than an increment before it has gone back in time; and the
/// counter is never above the number of increments that may have happened. O(n log n).
struct LostUpdateChecker {
  private struct Increment {
    let id: OperationID
    let result: Int64
    let begun: Int
    let ended: Int
  }

  private var increments: [Increment] = []
  private var unknown = 0
  private let key: Value

  init(_ history: History, key: Value) {
    self.key = key
    for (position, operation) in history.operations.enumerated()
    where operation.invocation.function == "increment" && operation.invocation.key == key {
      switch operation.completion {
      case .ok(.integer(let result)):
        increments.append(
          Increment(
            id: OperationID(position), result: result, begun: operation.invokedAt,
            ended: operation.completedAt ?? Int.max))
      case .info: unknown += 1
      case .ok, .fail: break
      }
    }
  }

  /// The first thing that is wrong, or nil.
  func anomaly() -> Anomaly? {
    duplicate() ?? regression() ?? surplus()
  }

  private func duplicate() -> Anomaly? {
    let sorted = increments.sorted { ($0.result, $0.begun) < ($1.result, $1.begun) }
    for (one, other) in zip(sorted, sorted.dropFirst()) where one.result == other.result {
      return Anomaly(
        "lost-update", key: key, operations: [one.id, other.id],
        text: "two increments of \(key) were acknowledged with \(one.result): one is lost")
    }
    return nil
  }

  private func regression() -> Anomaly? {
    let byEnd = increments.sorted { $0.ended < $1.ended }
    var latest: Increment?
    var ended = 0
    for increment in increments.sorted(by: { $0.begun < $1.begun }) {
      while ended < byEnd.count, byEnd[ended].ended < increment.begun {
        if byEnd[ended].result > latest?.result ?? .min { latest = byEnd[ended] }
        ended += 1
      }
      guard let latest, latest.result >= increment.result else { continue }
      return Anomaly(
        "counter-went-back", key: key, operations: [latest.id, increment.id],
        text: "an increment of \(key) returned \(increment.result) after another had returned "
          + "\(latest.result)")
    }
    return nil
  }

  private func surplus() -> Anomaly? {
    guard let last = increments.max(by: { $0.result < $1.result }),
      last.result > increments.count + unknown
    else { return nil }
    return Anomaly(
      "phantom-update", key: key, operations: [last.id],
      text: "\(key) reached \(last.result) with \(increments.count + unknown) increments")
  }
}

import Determinism
import ProtocolKit

/// What watchers of a configuration must see: every version once, in order, and soon.
struct WatchRules: Sendable {
  static let inOrder = Rule(
    "watch-in-order", "a watcher never takes over a version that is not new",
    because: "A watcher that goes back acts on a configuration that was replaced.")
  static let gapless = Rule(
    "watch-gapless", "a watcher misses nothing that it watches for",
    because:
      "A watcher builds its picture from every event: after a gap it acts on a state that never "
      + "was.")
  static let agreement = Rule(
    "watch-agreement", "a version has one value for all who see it",
    because: "Watchers that disagree about a version act against each other, and none can tell.")
  static let delivers = Rule(
    "watch-delivers", "what was acknowledged long enough ago has reached every watcher",
    because: "A watcher that is never told acts on an old configuration for good.")

  /// All of them, in the order in which reports list them.
  static let all = [inOrder, gapless, agreement, delivers]

  private(set) var exercised = [0, 0, 0, 0]
  /// The last version that each watcher took over, in all its lives.
  private var latest = SortedMap<NodeID, UInt64>()
  private var values = SortedMap<UInt64, Int64>()
  /// The versions that a publisher was told of, and when.
  private var promised: [(version: UInt64, time: Instant)] = []
  private let bound: Nanoseconds

  init(bound: Nanoseconds) {
    self.bound = bound
  }

  mutating func observe(
    _ adoption: Adoption, by node: NodeID
  ) throws(InvariantViolation) {
    let last = latest[node] ?? 0
    latest[node] = adoption.version
    exercised[0] += 1
    guard adoption.version >= last, adoption.isRead || adoption.version > last else {
      throw Self.inOrder.broken(
        "a watcher saw a version that was not new",
        detail: "\(node) took over version \(Subject("version", adoption.version)) after \(last)")
    }
    guard !adoption.isRead else { return }
    exercised[1] += 1
    guard adoption.version == last + 1 else {
      throw Self.gapless.broken(
        "a watcher missed a version",
        detail:
          "\(node) took over version \(Subject("version", adoption.version)) right after \(last)")
    }
    exercised[2] += 1
    let value = values[adoption.version] ?? adoption.value
    values[adoption.version] = value
    guard value == adoption.value else {
      throw Self.agreement.broken(
        "two watchers saw different values of one version",
        detail:
          "version \(Subject("version", adoption.version)) is \(value) for one and \(adoption.value) for \(node)"
      )
    }
  }

  /// Notes when a publisher was told that a version is written.
  mutating func promise(_ version: UInt64, at time: Instant) {
    guard version > promised.last?.version ?? 0 else { return }
    promised.append((version, time))
  }

  /// Judges at the end who has not heard of what was written long enough before.
  mutating func judgeEnd(
    at end: Instant, watchers: [NodeID]
  ) throws(InvariantViolation) {
    guard let owed = promised.last(where: { end - $0.time > bound }) else { return }
    for node in watchers {
      exercised[3] += 1
      let version = latest[node] ?? 0
      guard version < owed.version else { continue }
      throw Self.delivers.broken(
        "a watcher never heard of a version",
        detail: "\(node) has version \(Subject("version", version)), but "
          + "\(Subject("version", owed.version)) was written at \(owed.time)"
      )
    }
  }
}

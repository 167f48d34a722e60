public import Determinism
public import ProtocolKit

/// One event as a log shows it.
public struct TraceEvent: Hashable, Sendable {
  /// The event's number.
  public let id: EventID
  /// When it happened.
  public let instant: Instant
  /// What kind of event it was.
  public let kind: EventKind
  /// The node it happened to.
  public let node: NodeID
  /// The event that caused it.
  public let cause: EventID
  /// What happened, in words.
  public let text: String
  /// What followed from it, in words: notes of the protocol, messages lost, operations.
  public internal(set) var notes: [String] = []
}

/// What is written down while a world runs.
public enum RecordingLevel: Sendable {
  /// Nothing: campaigns replay a failing seed with more.
  case none
  /// The running digest after every event, to find where two runs part.
  case digests
  /// Digests and every event in words.
  case events
}

/// Keeps the record of a run.
public struct TraceRecorder: Sendable {
  /// What is written down.
  public let level: RecordingLevel
  /// The running digest after each event.
  public private(set) var digests: ChunkedLog<UInt64> = []
  /// The events in words.
  public private(set) var events: ChunkedLog<TraceEvent> = []

  init(level: RecordingLevel) {
    self.level = level
  }

  @inline(__always)
  mutating func record(_ digest: Digest) {
    if level != .none { digests.append(digest.value) }
  }

  @inline(__always)
  mutating func record(_ event: @autoclosure () -> TraceEvent) {
    if level == .events { events.append(event()) }
  }

  @inline(__always)
  mutating func note(_ text: @autoclosure () -> String) {
    guard level == .events, !events.isEmpty else { return }
    events[events.count - 1].notes.append(text())
  }
}

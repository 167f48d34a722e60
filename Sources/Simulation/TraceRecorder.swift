public import Determinism
public import ProtocolKit

/// One event as a log shows it.
public struct TraceEvent: Hashable, Sendable {
  /// What an event is about, as data.
  public enum Content: Hashable, Sendable {
    /// A message, in words, and who sent it.
    case message(String, from: NodeID)
    /// The name of a timer.
    case timer(String)
    /// A fault that begins or ends, and its place in the plan.
    case fault(Fault, number: Int, lasts: Nanoseconds)
    /// Anything else, in words.
    case other(String)
  }

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
  /// What it is about.
  public let content: Content
  /// What followed from it: notes of the protocol, messages lost, operations.
  public internal(set) var details: [TraceNote] = []

  /// What happened, in words.
  public var text: String {
    switch content {
    case .message(let message, let sender): "\(sender) -> \(node)  \(message)"
    case .timer(let name): "\(name) timer at \(node)"
    case .fault(let fault, _, let span):
      kind == .faultBegins ? "\(fault) for \(span)" : "end of \(fault)"
    case .other(let text): text
    }
  }

  /// Who sent the message that arrives here, if one does.
  ///
  /// Never inlined, because Swift 6.3 cannot compile some callers in release otherwise.
  @inline(never)
  public var sender: NodeID? {
    if case .message(_, let sender) = content { sender } else { nil }
  }

  /// The place in the plan of the fault that begins or ends here, if one does.
  ///
  /// Never inlined, for the same reason.
  @inline(never)
  public var entry: Int? {
    if case .fault(_, let entry, _) = content { entry } else { nil }
  }

  /// What followed from it, in words.
  public var notes: [String] { details.map { $0.words(at: node) } }
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
  /// The nodes that claim to lead.
  private var leaders: [NodeID] = []

  init(level: RecordingLevel) {
    self.level = level
  }

  /// Whether every event is written down.
  @inline(__always)
  var isNarrating: Bool { level == .events }

  @inline(__always)
  mutating func record(_ digest: Digest) {
    if level != .none { digests.append(digest.value) }
  }

  @inline(__always)
  mutating func record(_ event: @autoclosure () -> TraceEvent) {
    if isNarrating { events.append(event()) }
  }

  /// Adds a note to the last event.
  @inline(__always)
  mutating func note(_ text: @autoclosure () -> String) {
    add(.other(text()))
  }

  /// Adds a note that is more than words to the last event.
  @inline(__always)
  mutating func add(_ detail: @autoclosure () -> TraceNote) {
    guard isNarrating, !events.isEmpty else { return }
    events[events.count - 1].details.append(detail())
  }

  /// Notices when a node begins or ceases to claim that it leads.
  mutating func noteRole(of node: NodeID, leads: Bool) {
    guard leads != leaders.contains(node) else { return }
    if leads {
      leaders.append(node)
    } else {
      leaders.removeAll { $0 == node }
    }
    add(.leads(node, leads))
  }
}

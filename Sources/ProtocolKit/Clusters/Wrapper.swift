/// A machine that is another one in all it does: only how it comes to be, or its rules, differ.
protocol Wrapper: StateMachine where Message == Wrapped.Message, Timer == Wrapped.Timer {
  /// The machine inside.
  associatedtype Wrapped: StateMachine
  /// The machine inside.
  var wrapped: Wrapped { get set }
}

extension Wrapper {
  /// Begins to work.
  public mutating func start(_ effects: inout Effects<Message>) throws(InvariantViolation) {
    try wrapped.start(&effects)
  }

  /// Handles a message.
  public mutating func receive(
    _ message: Message, from sender: NodeID, _ effects: inout Effects<Message>
  ) throws(InvariantViolation) {
    try wrapped.receive(message, from: sender, &effects)
  }

  /// Handles a timer that fell due.
  public mutating func timerFired(
    _ timer: Timer, _ effects: inout Effects<Message>
  ) throws(InvariantViolation) {
    try wrapped.timerFired(timer, &effects)
  }

  /// Learns that journal records are durable.
  public mutating func journalSynced(
    _ position: JournalPosition, _ effects: inout Effects<Message>
  ) throws(InvariantViolation) {
    try wrapped.journalSynced(position, &effects)
  }

  /// Learns that a sync failed, and decides whether the process runs on.
  public mutating func journalFailed(
    _ failure: JournalFailure, _ effects: inout Effects<Message>
  ) throws(InvariantViolation) -> JournalFailureResponse {
    try wrapped.journalFailed(failure, &effects)
  }

  /// The name of a timer in event logs.
  public func name(of timer: Timer) -> String { wrapped.name(of: timer) }

  /// Whether this node claims to lead.
  public var isLeading: Bool { wrapped.isLeading }
}

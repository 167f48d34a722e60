/// A participant as a value: input in, requests for effects out, nothing else.
///
/// Handlers run to completion and do no I/O. A machine sees only its own clocks (through
/// `Effects`), and keeps across a crash only what reached its journal: a restart creates a new
/// machine from the surviving records.
public protocol StateMachine: Sendable {
  /// What travels between the nodes of a cluster.
  associatedtype Message: WireMessage
  /// What a machine asks to be woken for; setting a timer again moves it.
  associatedtype Timer: RawRepresentable<UInt64>, Sendable
  /// What every node of a cluster is told at the start.
  associatedtype Configuration: Sendable
  /// The rules that a cluster of such machines must never break.
  associatedtype Rules: Invariants = NoInvariants<Self> where Rules.Machine == Self

  /// Creates a machine from what survived in its journal.
  init(
    id: NodeID, configuration: Configuration, recovery: Recovery
  ) throws(RecoveryFailure)

  /// Begins to work; called once after creation.
  mutating func start(_ effects: inout Effects<Message>) throws(InvariantViolation)

  /// Handles a message.
  mutating func receive(
    _ message: Message, from sender: NodeID, _ effects: inout Effects<Message>
  ) throws(InvariantViolation)

  /// Handles a timer that fell due.
  mutating func timerFired(
    _ timer: Timer, _ effects: inout Effects<Message>
  ) throws(InvariantViolation)

  /// Learns that every journal record up to a position survives a loss of power from now on.
  mutating func journalSynced(
    _ position: JournalPosition, _ effects: inout Effects<Message>
  ) throws(InvariantViolation)

  /// Learns that a sync failed, and decides whether the process runs on.
  ///
  /// A sync that failed must never be repeated in the hope of better luck: the page cache may have
  /// dropped what it could not write, and the next sync would succeed without it.
  mutating func journalFailed(
    _ failure: JournalFailure, _ effects: inout Effects<Message>
  ) throws(InvariantViolation) -> JournalFailureResponse

  /// The name of a timer in event logs.
  func name(of timer: Timer) -> String

  /// Whether it claims to lead: faults that look for the leader ask, nothing else does.
  var isLeading: Bool { get }
}

extension StateMachine {
  /// Does nothing: for machines without a journal.
  public mutating func journalSynced(
    _ position: JournalPosition, _ effects: inout Effects<Message>
  ) throws(InvariantViolation) {}

  /// Stops the process: one that cannot trust its journal must not promise anything more.
  public mutating func journalFailed(
    _ failure: JournalFailure, _ effects: inout Effects<Message>
  ) throws(InvariantViolation) -> JournalFailureResponse { .stop }

  /// The timer's own description.
  public func name(of timer: Timer) -> String { "\(timer)" }

  /// False: for machines among which nobody leads.
  public var isLeading: Bool { false }
}

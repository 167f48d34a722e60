public import Determinism
public import ProtocolKit

/// The name of a lock, and of the resource that it protects.
public struct LockName: WrappedNumber {
  /// The number; people see a letter.
  public let number: UInt64

  /// Creates the name with this number.
  public init(_ number: UInt64) {
    self.number = number
  }
}

extension LockName {
  /// The lock as what sentences are about where nothing tells one grant of it from another.
  var topic: Subject { Subject("lock", self) }
}

extension LockName: CustomStringConvertible {
  /// A letter, or a number beyond the alphabet.
  public var description: String {
    guard number < 26 else { return "x\(number)" }
    return String(UnicodeScalar(UInt8(97 + number)))
  }
}

/// A number that grows with every grant of a lock, so that a resource can tell old from new.
///
/// Chubby's sequencer (Burrows, OSDI 2006, section 2.4) and Kleppmann's fencing token (2016).
public struct FencingToken: WrappedNumber {
  /// The number, from one; zero where a lock gives no tokens.
  public let number: UInt64

  /// Creates the token with this number.
  public init(_ number: UInt64) {
    self.number = number
  }

  /// What a lock without tokens gives.
  public static let none = FencingToken(0)
}

extension FencingToken: SentenceSubject {
  /// The token.
  public var subject: Subject { Subject("token", self) }
}

extension FencingToken: CustomStringConvertible {
  /// The number.
  public var description: String { String(number) }
}

/// Until when a holder believes that nobody else may hold its lock, on a clock of its own.
public struct Lease: Hashable, Sendable {
  /// The clocks that a holder may trust.
  public enum ClockChoice: Hashable, Sendable {
    /// Never steps.
    case monotonic
    /// May step: only for locks that are known to be wrong, or that are published so.
    case wall
  }

  /// When it ends on that clock.
  public let end: LocalTime
  /// The clock.
  public let clock: ClockChoice

  /// Creates a lease.
  public init(end: LocalTime, clock: ClockChoice) {
    self.end = end
    self.clock = clock
  }

  /// How much of it is left, negative when it is over.
  public func remaining<Message>(_ effects: Effects<Message>) -> Nanoseconds {
    end - (clock == .monotonic ? effects.now : effects.wallClock)
  }
}

/// A lock in a holder's hands, as far as the holder knows.
public struct LockGrant: Hashable, Sendable {
  /// What is locked.
  public let lock: LockName
  /// The number to show to the resource.
  public let token: FencingToken
  /// The session that holds it, where locks belong to sessions.
  public let session: LockSessionID?
  /// Until when it may be used.
  public let lease: Lease

  /// Creates a grant.
  public init(
    lock: LockName, token: FencingToken, session: LockSessionID? = nil, lease: Lease
  ) {
    self.lock = lock
    self.token = token
    self.session = session
    self.lease = lease
  }

  /// By what right it is held, in words; nil where nothing tells one grant from another.
  var title: Sentence? {
    session.map { "with token \(token) of session \($0)" }
  }
}

/// What a holder learns about the lock or the entries that it wanted.
public enum LockNews: Hashable, Sendable {
  /// The lock is ours.
  case granted
  /// The lock is not ours, or not any more; whether it was for a while is unknown.
  case lost
  /// The lock was given back; false says that it was somebody else's by then.
  case released(Bool)
  /// The entries that were read.
  case entries([EntryState])
  /// The entry was written and has this version now.
  case written(version: UInt64)
  /// The entry was not written, because it has another version than expected.
  case mismatch
  /// What was written to entries, in order.
  case changed([EntryState])
}

/// The client side of a lock service, inside a node that does something under the lock.
///
/// It wants one lock at a time. Its timers are inner ones of whoever uses it.
public protocol LockHolder: Sendable {
  /// What the nodes of the cluster send each other.
  associatedtype Message: StorageMessage
  /// What every holder is told.
  associatedtype Configuration: Sendable
  /// What it waits for.
  associatedtype Timer: RawRepresentable<UInt64> & Sendable

  /// Creates a holder; it remembers nothing of an earlier life.
  init(id: NodeID, configuration: Configuration, incarnation: Int)

  /// The lock in its hands; an expired lease is still named here.
  var grant: LockGrant? { get }

  /// The latest events that it never saw while it watched for them.
  var missed: ClosedRange<Revision>? { get }

  /// Begins to ask for a lock; `granted` or `lost` answers.
  mutating func acquire(_ lock: LockName, _ effects: inout Effects<Message>)

  /// Begins to give the lock back; `released` or `lost` answers.
  mutating func release(_ effects: inout Effects<Message>)

  /// Whether the holder may act under its lock now, by its own clock.
  func mayAct(_ effects: Effects<Message>) -> Bool

  /// Handles a message; nil if it brings no news.
  mutating func receive(
    _ message: Message, from sender: NodeID, _ effects: inout Effects<Message>
  ) -> LockNews?

  /// Handles one of its timers; nil if it brings no news.
  mutating func timerFired(_ timer: Timer, _ effects: inout Effects<Message>) -> LockNews?
}

extension LockHolder {
  /// None: for holders that watch nothing.
  public var missed: ClosedRange<Revision>? { nil }
}

extension Nanoseconds {
  /// The span in seconds and tenths, for stories: `2.1 s`.
  public var inWords: String {
    let tenths = count.magnitude / 100_000_000
    guard tenths > 0 else { return "\(count < 0 ? "-" : "")\(count.magnitude / 1_000_000) ms" }
    return "\(count < 0 ? "-" : "")\(tenths / 10).\(tenths % 10) s"
  }
}

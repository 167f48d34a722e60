import Determinism
import ProtocolKit

/// Something that is going to happen, with the event that caused it.
struct PendingEvent<Message: Sendable>: Sendable {
  /// What is going to happen.
  enum Kind: Sendable {
    /// A node is started for the first time, or again if a pause kept it from starting.
    case start
    /// A message arrives.
    case deliver(Message, from: NodeID)
    /// A timer may fall due, if this ticket is still the valid one.
    case timer(TimerTable.Ticket)
    /// A sync of the journal ends.
    case journalSynced
    /// An entry of the fault plan begins.
    case faultBegins(Int)
    /// An entry of the fault plan ends.
    case faultEnds(Int)
    /// All faults end for good.
    case heal
    /// An aimed pause ends.
    case pauseEnds
    /// A process dies that reached a mark, for so long.
    case aimedCrash(losesPower: Bool, Nanoseconds)
    /// It starts again.
    case aimedRestart
    /// A slow node has worked on the first event of its inbox, if this service is still the last.
    case serviceEnds(UInt64)
    /// A node synchronises its wall clock.
    case clockSync
  }

  /// The event that caused this one.
  let cause: EventID
  /// The node it happens to; the first node for events of the world.
  let node: NodeID
  /// Which life of the node this was planned for; what belongs to an earlier one is void.
  ///
  /// Messages come in any life, unless they travel on a connection: it ends with the process.
  var incarnation: UInt32
  /// What is going to happen.
  let kind: Kind
  /// Whether it is the second copy of a message.
  var isDuplicate = false
  /// Whether it was held back so that later messages could overtake it.
  var isHeldBack = false
  /// Whether it travels on a connection, which both ends know to have ended when one of them dies.
  var isConnected = false
  /// Whether it reached a paused process and waited in its inbox.
  var hasWaited = false
  /// Whether a slow node has taken its time for it.
  var isServed = false
}

/// The kinds of event, as digests and logs know them.
public enum EventKind: UInt8, Sendable {
  /// A node started for the first time, or after a pause that kept it from starting again.
  case start = 1
  /// A message arrived.
  case deliver = 2
  /// A timer fell due.
  case timer = 3
  /// A journal sync ended.
  case journalSynced = 4
  /// A fault began.
  case faultBegins = 5
  /// A fault ended.
  case faultEnds = 6
  /// All faults ended for good.
  case heal = 7
  /// A journal sync failed.
  case journalFailed = 20
  /// An aimed pause ended.
  case pauseEnds = 8
  /// A node synchronised its wall clock, or tried to.
  case clockSync = 9
  /// A process died that had reached a mark.
  case aimedCrash = 10
  /// It may start again.
  case aimedRestart = 11
}

extension PendingEvent {
  /// Whether it travels on a connection to an earlier life of its recipient.
  @inline(__always)
  func isTooLate(_ process: ProcessState) -> Bool {
    isConnected && !hasWaited && incarnation & ~ProcessState.copyMark != process.life
  }
}

extension PendingEvent.Kind {
  /// What keys the place of an event of the world among others of the same instant.
  ///
  /// It depends on the event alone: what else happens, or does not, changes nothing.
  func tieKey(at instant: Instant) -> (subject: UInt64, ordinal: UInt64) {
    switch self {
    case .start: (1, instant.nanosecondsSinceStart)
    case .faultBegins(let number): (2, UInt64(number))
    case .faultEnds(let number): (3, UInt64(number))
    case .heal: (4, 0)
    case .pauseEnds: (5, instant.nanosecondsSinceStart)
    case .serviceEnds(let number): (6, number)
    case .clockSync: (7, instant.nanosecondsSinceStart)
    case .aimedCrash(let losesPower, _): (losesPower ? 9 : 8, instant.nanosecondsSinceStart)
    case .aimedRestart: (10, instant.nanosecondsSinceStart)
    case .deliver, .timer, .journalSynced:
      preconditionFailure("events of nodes have ties of their own")
    }
  }
}

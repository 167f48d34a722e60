import Determinism
import ProtocolKit

/// The timers of one node.
///
/// Moving a timer to a later time is common (every heartbeat moves an election timeout) and does
/// not touch the event queue: the queued wake-up finds that it came early and is queued again.
struct TimerTable: Sendable {
  /// Names a queued wake-up; only the last one of its timer is valid.
  struct Ticket: Sendable {
    let position: UInt32
    let number: UInt32
  }

  /// What a wake-up turns out to mean.
  enum WakeUp {
    /// The timer was cancelled or moved to an earlier wake-up.
    case void
    /// The timer was moved to a later instant.
    case early(Instant)
    /// The timer falls due.
    case due(rawTimer: UInt64, cause: EventID, deadline: Instant, expected: Instant)
  }

  private struct Entry: Sendable {
    let rawTimer: UInt64
    var localDeadline = LocalTime(nanoseconds: 0)
    var deadline = Instant.start
    /// When it would fall due by a true clock.
    var expected = Instant.start
    var cause = EventID.genesis
    var isSet = false
    /// When the valid wake-up is queued, if one is.
    var wakeUp: Instant?
    var ticketNumber: UInt32 = 0
  }

  private var entries: ContiguousArray<Entry> = []

  /// Sets or moves a timer; returns a ticket if a wake-up must be queued at the deadline.
  mutating func set(
    _ rawTimer: UInt64, localDeadline: LocalTime, deadline: Instant, expected: Instant,
    cause: EventID
  ) -> Ticket? {
    let position = self.position(of: rawTimer)
    entries[position].localDeadline = localDeadline
    entries[position].expected = expected
    entries[position].deadline = deadline
    entries[position].cause = cause
    entries[position].isSet = true
    return wakeUpIfNeeded(position)
  }

  /// Makes sure that a timer does not fall due.
  mutating func cancel(_ rawTimer: UInt64) {
    entries[position(of: rawTimer)].isSet = false
  }

  /// Forgets all timers; queued wake-ups become void.
  mutating func removeAll() {
    entries.removeAll(keepingCapacity: true)
  }

  /// Whether a wake-up at an instant lets its timer fall due.
  func isDue(_ ticket: Ticket, at now: Instant) -> Bool {
    let position = Int(ticket.position)
    guard position < entries.count, entries[position].ticketNumber == ticket.number else {
      return false
    }
    return entries[position].isSet && entries[position].deadline <= now
  }

  /// Forgets which wake-ups are queued; they belong to another copy of the node.
  mutating func forgetWakeUps() {
    for position in entries.indices { entries[position].wakeUp = nil }
  }

  /// Decides what a wake-up means at an instant.
  mutating func wakeUp(_ ticket: Ticket, at now: Instant) -> WakeUp {
    let position = Int(ticket.position)
    guard position < entries.count, entries[position].ticketNumber == ticket.number else {
      return .void
    }
    let entry = entries[position]
    guard entry.isSet else {
      entries[position].wakeUp = nil
      return .void
    }
    guard entry.deadline <= now else {
      entries[position].wakeUp = entry.deadline
      return .early(entry.deadline)
    }
    entries[position].wakeUp = nil
    entries[position].isSet = false
    return .due(
      rawTimer: entry.rawTimer, cause: entry.cause, deadline: entry.deadline,
      expected: entry.expected)
  }

  /// Computes every deadline anew after the node's clock changed; returns the wake-ups to queue.
  mutating func reschedule(
    deadline: (LocalTime) -> Instant
  ) -> [(ticket: Ticket, deadline: Instant)] {
    var wakeUps: [(ticket: Ticket, deadline: Instant)] = []
    for position in entries.indices where entries[position].isSet {
      entries[position].deadline = deadline(entries[position].localDeadline)
      if let ticket = wakeUpIfNeeded(position) {
        wakeUps.append((ticket, entries[position].deadline))
      }
    }
    return wakeUps
  }

  private mutating func wakeUpIfNeeded(_ position: Int) -> Ticket? {
    if let queued = entries[position].wakeUp, queued <= entries[position].deadline { return nil }
    entries[position].wakeUp = entries[position].deadline
    entries[position].ticketNumber &+= 1
    return Ticket(position: UInt32(position), number: entries[position].ticketNumber)
  }

  private mutating func position(of rawTimer: UInt64) -> Int {
    for position in entries.indices where entries[position].rawTimer == rawTimer {
      return position
    }
    entries.append(Entry(rawTimer: rawTimer))
    return entries.count - 1
  }
}

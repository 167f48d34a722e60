public import Determinism
public import Histories
public import ProtocolKit

/// What surrounds one machine in a script: its clocks, journal and timers, and what it asked for.
///
/// The script is the network and decides when syncs end and timers fall due.
public struct ScriptedNode<Message: WireMessage>: Sendable {
  /// Who the machine is.
  public let id: NodeID
  /// What its clocks show.
  public var now = Nanoseconds.zero
  /// How far its wall clock is from its monotonic one.
  public var wallOffset = Nanoseconds.zero
  /// The release that starts next.
  public var version = 1
  /// The timers that are set, and when they fall due.
  public private(set) var timers = SortedMap<UInt64, Nanoseconds>()
  /// What clients asked and learned.
  public internal(set) var history = History()
  /// What the last step asked for.
  public private(set) var effects: Effects<Message>
  /// The last journal record that would survive a loss of power.
  public private(set) var synced = JournalPosition.start

  private var records: [[UInt8]] = []
  private var compacted = JournalPosition.start
  private var incarnation = 0
  private var choiceCount: UInt64 = 0
  private let randomness: Randomness

  /// Creates the surroundings of a machine that never ran; only narrated ones keep notes.
  public init(_ id: NodeID, seed: UInt64 = 1, isNarrated: Bool = false) {
    self.id = id
    randomness = Randomness(seed: seed)
    effects = Effects(isNarrated: isNarrated)
  }

  /// The place behind the last journal record.
  public var journalEnd: JournalPosition {
    JournalPosition(compacted.count + UInt64(records.count))
  }

  /// What a start finds in the journal.
  public var recovery: Recovery {
    let found = records.enumerated().map { offset, bytes in
      Recovery.Record(
        position: JournalPosition(compacted.count + UInt64(offset) + 1), bytes: bytes)
    }
    return Recovery(records: found, incarnation: incarnation, version: version)
  }

  /// Lets a machine look at its clocks without asking for anything.
  public func peek<Result>(_ look: (Effects<Message>) -> Result) -> Result {
    var effects = effects
    effects.begin(circumstances)
    return look(effects)
  }

  /// Lets a machine handle one input, and keeps what it asked for unless it throws.
  @discardableResult
  public mutating func perform<Result, Failure: Error>(
    _ input: (inout Effects<Message>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    effects.removeAll()
    effects.begin(circumstances)
    let result = try input(&effects)
    choiceCount = effects.choiceCount
    for request in effects.timerRequests { timers[request.timer] = request.delay.map { now + $0 } }
    for request in effects.journalRequests { carryOut(request) }
    for event in effects.clientEvents {
      switch event {
      case .invoke(let invocation): _ = history.invoke(invocation, at: .start + now)
      case .complete(let id, let completion): history.complete(id, completion, at: .start + now)
      }
    }
    return result
  }

  /// Takes a timer off, and says whether it was set.
  public mutating func remove(timer: UInt64) -> Bool {
    defer { timers[timer] = nil }
    return timers[timer] != nil
  }

  /// Brings the journal to the disk, all of it or up to a position, and returns how far it is.
  public mutating func sync(upTo position: JournalPosition? = nil) -> JournalPosition {
    synced = max(synced, min(position ?? journalEnd, journalEnd))
    return synced
  }

  /// Ends the process: timers go, and what the journal holds stays as it was written.
  public mutating func crash() {
    timers.removeAll()
    incarnation += 1
  }

  /// Ends the process and forgets what was not on the disk.
  public mutating func losePower() {
    records.removeLast(Int(journalEnd.count - synced.count))
    crash()
  }

  private var circumstances: Effects<Message>.Circumstances {
    Effects<Message>.Circumstances(
      node: id, now: LocalTime(nanoseconds: now.count),
      wallClock: LocalTime(nanoseconds: (now + wallOffset).count), journalEnd: journalEnd,
      choiceCount: choiceCount, operationCount: history.operations.count, randomness: randomness)
  }

  private mutating func carryOut(_ request: JournalRequest) {
    switch request {
    case .append(let record): records.append(record)
    case .truncate(let position):
      records.removeLast(Int(journalEnd.count - position.count))
      synced = min(synced, position)
    case .compact(let position):
      records.removeFirst(Int(position.count - compacted.count))
      compacted = position
    case .sync: break  // The script says when it ends.
    }
  }
}

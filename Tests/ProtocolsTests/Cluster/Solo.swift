import Determinism
import ProtocolKit

/// One machine on strings: the test is its network, its disk and its clocks.
///
/// Every step is shown to the rules, which throw out of the step that broke them.
struct Solo<Machine: StateMachine> {
  let configuration: Machine.Configuration
  let node: NodeID
  private(set) var machine: Machine
  /// What both of its clocks show.
  var now = Nanoseconds.zero
  /// How far the wall clock is from the monotonic one.
  var wallOffset = Nanoseconds.zero
  /// The messages it sent, oldest first.
  private(set) var sent: [(message: Machine.Message, recipient: NodeID)] = []
  /// The timers that are set, and when they fall due.
  private(set) var timers = SortedMap<UInt64, Nanoseconds>()

  private var rules: Machine.Rules
  private var records: [[UInt8]] = []
  private var synced = 0
  private var incarnation = 0
  private var choiceCount: UInt64 = 0
  private var effects = Effects<Machine.Message>(isNarrated: true)

  init(_ configuration: Machine.Configuration, node: NodeID = n1) throws {
    self.configuration = configuration
    self.node = node
    machine = try Machine(id: node, configuration: configuration, recovery: .firstStart)
    rules = Machine.Rules(configuration: configuration, nodeCount: 8)
    try step { machine, effects throws(InvariantViolation) in try machine.start(&effects) }
  }

  mutating func receive(_ message: Machine.Message, from sender: NodeID) throws {
    try step { machine, effects throws(InvariantViolation) in
      try machine.receive(message, from: sender, &effects)
    }
  }

  /// Lets a timer fall due, whether it is time or not.
  mutating func fire(_ timer: Machine.Timer) throws {
    timers[timer.rawValue] = nil
    try step { machine, effects throws(InvariantViolation) in
      try machine.timerFired(timer, &effects)
    }
  }

  /// Brings the journal to the disk.
  mutating func sync() throws {
    synced = records.count
    let position = JournalPosition(UInt64(synced))
    try step { machine, effects throws(InvariantViolation) in
      try machine.journalSynced(position, &effects)
    }
  }

  /// Ends the process and starts it again from its journal.
  mutating func restart() throws {
    let found = records.enumerated().map { offset, bytes in
      Recovery.Record(position: JournalPosition(UInt64(offset) + 1), bytes: bytes)
    }
    incarnation += 1
    timers.removeAll()
    rules.observeCrash(of: node, journalEnd: JournalPosition(UInt64(records.count)))
    machine = try Machine(
      id: node, configuration: configuration,
      recovery: Recovery(records: found, incarnation: incarnation))
    try step { machine, effects throws(InvariantViolation) in try machine.start(&effects) }
    try sync()
  }

  private mutating func step(
    _ input: (inout Machine, inout Effects<Machine.Message>) throws(InvariantViolation) -> Void
  ) throws {
    effects.begin(
      Effects.Circumstances(
        node: node, now: LocalTime(nanoseconds: now.count),
        wallClock: LocalTime(nanoseconds: (now + wallOffset).count),
        journalEnd: JournalPosition(UInt64(records.count)), choiceCount: choiceCount,
        operationCount: 0, randomness: Randomness(seed: 1)))
    defer { effects.removeAll() }
    try input(&machine, &effects)
    choiceCount = effects.choiceCount
    for case .append(let record) in effects.journalRequests { records.append(record) }
    for request in effects.timerRequests { timers[request.timer] = request.delay.map { now + $0 } }
    for envelope in effects.envelopes {
      sent.append((envelope.message, envelope.recipient))
      try rules.observeSend(of: envelope.message, from: node, to: envelope.recipient)
    }
    try rules.observe(machine, at: node, synced: JournalPosition(UInt64(synced)))
  }
}

/// A script that keeps every rule without a defect and breaks one with it.
func expect(
  _ property: String, brokenWith script: (_ isPlanted: Bool) throws -> Void
) throws -> Bool {
  try script(false)
  do {
    try script(true)
    return false
  } catch let violation as InvariantViolation {
    return violation.property == property
  }
}

import Determinism
import ProtocolKit
import Simulation
import Testing

/// Sets, moves and cancels timers by choice, and complains if one fires that should not or fails to.
///
/// Its plain list of deadlines is the twin of the timer table.
struct Alarmist: StateMachine {
  struct Timer: RawRepresentable, Sendable {
    let rawValue: UInt64
  }

  struct Message: WireMessage {
    func visitFields(_ visitor: inout some FieldVisitor) {}

    var description: String { "nothing" }
  }

  struct Configuration: Sendable {}

  private var deadlines: [UInt64: LocalTime] = [:]
  private(set) var fired = 0

  init(id: NodeID, configuration: Configuration, recovery: Recovery) {}

  mutating func start(_ effects: inout Effects<Message>) {
    set(0, .milliseconds(1), &effects)
  }

  mutating func receive(
    _ message: Message, from sender: NodeID, _ effects: inout Effects<Message>
  ) {}

  mutating func timerFired(
    _ timer: Timer, _ effects: inout Effects<Message>
  ) throws(InvariantViolation) {
    guard let deadline = deadlines.removeValue(forKey: timer.rawValue) else {
      throw violation("timer \(timer.rawValue) was not set")
    }
    guard deadline <= effects.now else {
      throw violation("timer \(timer.rawValue) is early by \(deadline - effects.now)")
    }
    fired += 1
    // Clocks that run twice as fast as true time skip every other reading.
    let late = deadlines.filter { $0.value + Nanoseconds(2) < effects.now }
    guard late.isEmpty else { throw violation("\(late) should have fired before \(effects.now)") }
    for _ in 0..<3 { act(&effects) }
    if timer.rawValue == 0 || deadlines[0] == nil { set(0, .milliseconds(1), &effects) }
  }

  private mutating func act(_ effects: inout Effects<Message>) {
    let choice = effects.choose()
    let timer = 1 + choice.below(8)
    if choice.purpose(1).happens(.percent(25)) {
      deadlines[timer] = nil
      effects.cancelTimer(Timer(rawValue: timer))
    } else {
      set(timer, choice.purpose(2).between(.zero, .milliseconds(6)), &effects)
    }
  }

  private mutating func set(
    _ timer: UInt64, _ delay: Nanoseconds, _ effects: inout Effects<Message>
  ) {
    deadlines[timer] = effects.now + delay
    effects.setTimer(Timer(rawValue: timer), after: delay)
  }

  private func violation(_ detail: Sentence) -> InvariantViolation {
    InvariantViolation(property: "timers", kind: "a timer misbehaved", detail: detail)
  }
}

struct TimerTests {
  @Test(arguments: UInt64(0)..<60)
  func `timers fire when the plain list says, under wrong clocks too`(seed: UInt64) throws {
    let cluster = ClusterShape(serverCount: 2, clientCount: 0)
    let rhythm = FaultProfile.Rhythm(
      every: .milliseconds(5), shortest: .milliseconds(1), longest: .milliseconds(20))
    let profile = FaultProfile(
      [.init(.clock, with: ["drift_ppb": .integer(300_000_000), "step": .duration(.seconds(1))])],
      rhythm)
    var configuration = WorldConfiguration(
      cluster: cluster, links: LinkConditions(delay: .constant(.zero)),
      journalSync: .constant(.zero), chaos: .milliseconds(200), quiet: .milliseconds(50))
    configuration.driftMost = 1_000_000
    let plan = profile.plan(for: cluster, within: .milliseconds(200), Randomness(seed: seed))
    var world = Simulator<Alarmist>(
      configuration: configuration, machine: Alarmist.Configuration(), plan: plan, seed: seed)
    #expect(throws: Never.self, "seed \(seed)") { try world.run() }
    #expect(world.evidence[.clockChanges] > 10, "seed \(seed)")
    #expect(world.machine(of: NodeID(0))?.fired ?? 0 > 200, "seed \(seed)")
  }

  @Test func `the timers of a dead process never fire in its successor`() throws {
    // The beat set at 10 ms is due at 11 ms; the successor lives then, and sets its own.
    let crash = FaultPlan.Entry(.crash(1), from: 10_300, to: 10_600)
    let world = try World(.chatter, faults: [crash], beats: 20).finished()
    let beats = try world.probe(1).beatsAt.map { $0.nanoseconds / 1_000 }
    #expect(beats == (0..<20).map { 11_600 + $0 * 1_000 })
  }

  @Test func `messages in flight reach a successor, and those to the dead are lost`() throws {
    let crash = FaultPlan.Entry(.crash(1), from: 10_100, to: 12_600)
    let links = LinkConditions(delay: .constant(.milliseconds(2)))
    let world = try World(.talk, faults: [crash], links: links, beats: 20).finished()
    // What left at 9 and 10 ms found the node down; what left at 11 ms found its successor.
    #expect(try world.numbers(from: 0, to: 1) == Array(10..<20))
    #expect(world.evidence[.messagesToDownNodes] == 2)
    #expect(world.evidence[.crashes] == 1 && world.evidence[.restarts] == 1)
  }
}

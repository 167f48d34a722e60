import Determinism
import ProtocolKit
import Simulation
import Testing

/// A paused process does nothing at all; what reached it meanwhile comes right after, in order.
///
/// The second node is paused from 10.5 to 20.5 ms, unless a test says otherwise.
struct PauseTests {
  private let pause = FaultPlan.Entry(.pause(1), from: 10_500, to: 20_500)

  private func microseconds(_ times: [LocalTime]) -> [Int64] {
    times.map { $0.nanoseconds / 1_000 }
  }

  @Test func `no handler runs during a pause, and timers fall due late right after`() throws {
    let lateBeats = Array(stride(from: Int64(20_500), through: 39_500, by: 1_000))
    let world = try World(.chatter, faults: [pause], beats: 30).finished()
    let beats = microseconds(try world.probe(1).beatsAt)
    #expect(beats == Array(stride(from: 1_000, through: 10_000, by: 1_000)) + lateBeats)
    #expect(world.evidence[.timersDelayed] == 1)
    #expect(world.evidence[.pauses] == 1 && world.evidence[.eventsPaused] == 11)
    #expect(try world.probe(0).beatsAt.count == 30)
  }

  @Test func `messages wait for the end of a pause and keep their order`() throws {
    let world = try World(.chatter, faults: [pause], beats: 30).finished()
    let heard = try world.probe(1).heard
    #expect(heard.map(\.number) == Array(0..<30))
    #expect(microseconds(heard[10..<20].map(\.at)) == Array(repeating: 20_500, count: 10))
    #expect(microseconds([heard[9].at, heard[20].at]) == [10_300, 21_300])
  }

  @Test func `a message that comes after a pause does not overtake those that waited`() throws {
    // A message every 10 ns, so that many arrive while nine hundred wait to be handled.
    let pause = FaultPlan.Entry(.pause(1), from: 10, to: 19)
    let links = LinkConditions(delay: .constant(.zero))
    let world = try World(.talk, faults: [pause], links: links, beat: Nanoseconds(10), beats: 5_000)
      .finished()
    #expect(try world.numbers(from: 0, to: 1) == Array(0..<5_000))
  }

  @Test func `an inbox holds what it is allowed to hold`() throws {
    let world = try World(.chatter, faults: [pause], beats: 30) { $0.inboxBound = 4 }.finished()
    let kept = (UInt64(0)..<30).filter { !(14..<20).contains($0) }
    #expect(try world.numbers(from: 0, to: 1) == kept)
    #expect(world.evidence[.messagesOverflowed] == 6)
  }

  @Test func `overlapping pauses last until the last one ends`() throws {
    let world = try World(
      .chatter, faults: [pause, .init(.pause(1), from: 15_500, to: 25_500)], beats: 30
    ).finished()
    #expect(microseconds(try world.probe(1).beatsAt)[9...10] == [10_000, 25_500])
  }

  @Test func `a cut does not reach what already waits in the inbox`() throws {
    let cut = FaultPlan.Entry(.cut(.oneWay, [0], from: [1]), from: 15_500, to: 22_500)
    let world = try World(.chatter, faults: [pause, cut], beats: 30).finished()
    let expected = (UInt64(0)..<30).filter { !(15..<22).contains($0) }
    #expect(try world.numbers(from: 0, to: 1) == expected)
  }

  @Test func `a process killed during a pause takes its inbox with it`() throws {
    let crash = FaultPlan.Entry(.crash(1), from: 15_500, to: 18_500)
    let world = try World(.chatter, faults: [pause, crash], beats: 30).finished()
    let heard = try world.numbers(from: 0, to: 1)
    #expect(heard == Array(20..<30), "nothing ran between the kill and the end of the pause")
    #expect(try world.probe(1).incarnation == 1)
  }

  @Test func `a process restarted during a pause starts when the pause ends`() throws {
    let crash = FaultPlan.Entry(.crash(1), from: 11_500, to: 15_500)
    let world = try World(.chatter, faults: [pause, crash], beats: 30).finished()
    let probe = try world.probe(1)
    #expect(probe.startedAt?.nanoseconds == 20_500_000)
    #expect(microseconds(probe.beatsAt).first == 21_500)
    #expect(world.evidence[.restarts] == 1)
    #expect(world.marks["started"] == 3)
  }

  @Test func `a process paused from the beginning starts late`() throws {
    let pause = FaultPlan.Entry(.pause(1), from: 0, to: 5_500)
    for seed in UInt64(0)..<8 {
      let world = try World(.chatter, seed: seed, faults: [pause], beats: 5).finished()
      let startedAt = try world.probe(1).startedAt?.nanoseconds
      #expect(startedAt == 0 || startedAt == 5_500_000, "seed \(seed)")
      #expect(try world.probe(1).beatsAt.first?.nanoseconds ?? 0 >= 5_500_000, "seed \(seed)")
      #expect(world.evidence[.restarts] == 0, "seed \(seed)")
    }
  }

  @Test func `the heal ends pauses and lets everyone start`() throws {
    let faults: [FaultPlan.Entry] = [
      .init(.pause(1), from: 10_500, to: 90_000), .init(.pause(1), from: 11_500, to: 90_000),
      .init(.crash(1), from: 12_500, to: 14_500),
    ]
    let world = try World(
      .chatter, faults: faults, chaos: .milliseconds(30), quiet: .milliseconds(10)
    ).finished()
    #expect(try world.probe(1).startedAt?.nanoseconds == 30_000_000)
    #expect(try world.probe(1).beatsAt.count == 10)
    #expect(world.marks["started"] == 3)
  }
}

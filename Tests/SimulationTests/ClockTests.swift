import Determinism
import ProtocolKit
import Simulation
import TestKit
import Testing

/// A clock is exact integer arithmetic on true time, however long the world runs.
struct ClockTests {
  private let year = Nanoseconds.seconds(31_556_952)

  /// What a clock must show by definition: floor(elapsed · (1 + drift)).
  private func expected(_ elapsed: Int64, drift: Int64) -> Int64 {
    Int64(Int128(elapsed) * Int128(1_000_000_000 + drift) / 1_000_000_000)
  }

  private static let drifts: [Int64] = [
    0, 1, -1, 200_000, -200_000, 500_000_000, -500_000_000, -999_999_999,
  ]

  @Test(arguments: drifts)
  func `drift is exact over decades`(drift: Int64) {
    var dice = Dice(seed: UInt64(bitPattern: drift))
    let clock = Clock(readingAtStart: LocalTime(nanoseconds: -7), drift: drift)
    for years in Int64(0)..<60 {
      let elapsed = year.count * years + Int64(dice.below(1_000_000_000_000))
      let reading = clock.reading(at: .start + Nanoseconds(elapsed))
      #expect(reading.nanoseconds == expected(elapsed, drift: drift) - 7, "\(elapsed)")
    }
    #expect(clock.drift == drift)
  }

  @Test(arguments: UInt64(0)..<40)
  func `a true span is the shortest that lets the clock advance`(seed: UInt64) {
    var dice = Dice(seed: seed)
    for _ in 0..<500 {
      let drift = Int64(dice.below(1_800_000_000)) - 900_000_000
      let clock = Clock(drift: drift)
      let span = Int64(dice.next() >> UInt64(5 + dice.below(55))) + 1
      let trueSpan = clock.trueSpan(for: Nanoseconds(span)).count
      #expect(expected(trueSpan, drift: drift) >= span, "seed \(seed): early, \(drift) \(span)")
      #expect(expected(trueSpan - 1, drift: drift) < span, "seed \(seed): late, \(drift) \(span)")
    }
  }

  @Test func `no time passes until a past moment`() {
    #expect(Clock(drift: 100).trueSpan(for: .seconds(-1)) == .zero)
    #expect(Clock().trueSpan(for: .seconds(-1)) == .zero)
    #expect(Clock().trueSpan(for: .seconds(1)) == .seconds(1))
  }

  @Test func `changing the drift does not make the reading jump`() {
    var clock = Clock(drift: 500_000_000)
    let noon = Instant.start + .seconds(10)
    clock.changeDrift(to: -500_000_000, at: noon)
    #expect(clock.reading(at: noon).nanoseconds == 15_000_000_000)
    #expect(clock.reading(at: noon + .seconds(10)).nanoseconds == 20_000_000_000)
    clock.step(by: .seconds(-30))
    #expect(clock.reading(at: noon + .seconds(10)).nanoseconds == -10_000_000_000)
  }
}

/// What clock faults do to probes: timers follow the drifting clock, steps move the wall only.
struct ClockFaultTests {
  private func world(
    _ faults: [FaultPlan.Entry], quiet: Nanoseconds = .zero,
    adjust: (inout WorldConfiguration) -> Void = { _ in }
  ) -> World {
    World(.chatter, faults: faults, quiet: quiet, adjust: adjust)
  }

  /// The true times of a node's beats, in microseconds: those at which others hear of them.
  private func trueBeats(_ world: World, of sender: Int, heardBy recipient: Int) throws -> [Int64] {
    try world.probe(recipient).heard.filter { $0.sender == NodeID(sender) }
      .map { $0.at.nanoseconds / 1_000 - 300 }
  }

  @Test func `timers follow the clock they run on`() throws {
    let fast = try world([.init(.clock(0, drift: 250_000_000), from: 10_000, to: 18_000)])
      .finished()
    let beats = try trueBeats(fast, of: 0, heardBy: 1)
    #expect(Array(beats[0..<10]) == (1...10).map { $0 * 1_000 })
    #expect(Array(beats[10..<20]) == (1...10).map { 10_000 + $0 * 800 })
    #expect(Array(beats[20..<22]) == [19_000, 20_000])
    let own = try fast.probe(0).beatsAt.map { $0.nanoseconds / 1_000 }
    #expect(own == Array(stride(from: 1_000, to: 1_000 * Int64(own.count + 1), by: 1_000)))
  }

  @Test func `a timer that is already set moves with the drift`() throws {
    // The beat due at 11 ms has half a millisecond to go when the clock slows to a half.
    let slow = try world([.init(.clock(0, drift: -500_000_000), from: 10_500, to: 20_500)])
      .finished()
    let beats = try trueBeats(slow, of: 0, heardBy: 1)
    #expect(Array(beats[9..<12]) == [10_000, 11_500, 13_500])
  }

  @Test func `a step moves the wall clock and nothing else`() throws {
    let step = Nanoseconds.seconds(-3)
    let stepped = try world([.init(.clock(0, drift: 0, step: step), from: 10_500, to: 20_500)])
      .finished()
    let calm = try world([]).finished()
    let (probe, twin) = (try stepped.probe(0), try calm.probe(0))
    #expect(probe.beatsAt == twin.beatsAt)
    #expect(try stepped.probe(1).heard == calm.probe(1).heard)
    for (index, wall) in probe.wallClocks.enumerated() {
      let shift = (10..<20).contains(index) ? step : .zero
      #expect(wall == twin.wallClocks[index] + shift, "beat \(index + 1)")
    }
    #expect(stepped.evidence[.clockChanges] == 2)
  }

  @Test func `the heal repairs clocks whose fault would have lasted longer`() throws {
    let fault = Fault.clock(0, drift: 400_000_000, step: .seconds(5))
    let world = try world([.init(fault, from: 90_000, to: 500_000)], quiet: .milliseconds(50))
      .finished()
    let probe = try world.probe(0)
    let last = probe.beatsAt.count - 1
    #expect(probe.wallClocks[last] == probe.beatsAt[last], "the wall clock is set back")
    let beats = try trueBeats(world, of: 0, heardBy: 1).suffix(40)
    #expect(zip(beats, beats.dropFirst()).allSatisfy { $1 - $0 == 1_000 }, "the drift is gone")
  }

  @Test func `slowing faults together do not stop a clock, and undo each other exactly`() throws {
    let slow = Fault.clock(0, drift: -500_000_000)
    let world = try world([
      .init(slow, from: 10_000, to: 40_000), .init(slow, from: 20_000, to: 50_000),
    ]).finished()
    let beats = try trueBeats(world, of: 0, heardBy: 1)
    #expect(beats.filter { (20_000..<40_000).contains($0) }.count == 2)
    let later = beats.filter { $0 > 52_000 }
    #expect(zip(later, later.dropFirst()).allSatisfy { $1 - $0 == 1_000 })
  }

  @Test(arguments: UInt64(0)..<20)
  func `clocks start as wrong as the world allows, and no worse`(seed: UInt64) throws {
    let world = World(.chatter, seed: seed, beats: 3) {
      $0.wallOffsetMost = .milliseconds(5)
      $0.driftMost = 1_000
    }
    let probe = try world.finished().probe(0)
    let offset = probe.wallClocks[0] - probe.beatsAt[0]
    #expect((-5_000_000...5_000_000).contains(offset.count) && offset != .zero, "seed \(seed)")
    #expect(probe.beatsAt[0] >= LocalTime(nanoseconds: 1_000_000), "seed \(seed): early")
    #expect(probe.beatsAt[0] <= LocalTime(nanoseconds: 1_000_002), "seed \(seed): late")
  }
}

import Determinism
import ProtocolKit
import Simulation
import TestKit
import Testing

/// A wall clock may do anything but disturb the monotonic clock; each fault moves it exactly.
struct WallClockTests {
  private static let year = Nanoseconds.seconds(31_556_952)

  @Test(arguments: [Int64(-1_000_000_000), -7, 3, 1_000_000_000], [Int64(0), -200_000, 77_777])
  func `a slew adds its amount exactly, to the nanosecond, over years`(
    amount: Int64, drift: Int64
  ) {
    let plain = Clock(drift: drift)
    var slewed = plain
    let (begin, window) = (Instant.start + Self.year * 3, Self.year)
    slewed.slew(by: Nanoseconds(amount), over: window, at: begin)
    for part in Int64(0)...40 {
      let instant = begin + window / 20 * part
      let done = Int128(amount) * Int128(min(instant - begin, window).count) / Int128(window.count)
      #expect(slewed.reading(at: instant) - plain.reading(at: instant) == Nanoseconds(Int64(done)))
    }
    let end = begin + window
    #expect(slewed.reading(at: end) - plain.reading(at: end) == Nanoseconds(amount))
  }

  @Test(arguments: UInt64(0)..<40)
  func `slews, steps and freezes add up exactly whatever their order`(seed: UInt64) {
    var dice = Dice(seed: seed)
    var clock = Clock()
    var now = Instant.start
    var moved = Nanoseconds.zero
    for _ in 0..<50 {
      let amount = Nanoseconds(Int64(dice.below(2_000_001)) - 1_000_000)
      let span = Nanoseconds(Int64(dice.below(10_000_000_000_000_000)) + 4_000_000)
      switch dice.below(3) {
      case 0: clock.step(by: amount)
      case 1: clock.slew(by: amount, over: span * 2, at: now)
      default:
        clock.changeDrift(to: Clock.stopped, at: now)
        let reading = clock.reading(at: now)
        #expect(clock.reading(at: now + span) == reading, "seed \(seed)")
        clock.changeDrift(to: 0, at: now + span)
        #expect(clock.reading(at: now + span) == reading, "seed \(seed)")
        moved = moved - span - amount
      }
      moved = moved + amount
      now = now + span
    }
    // Long enough for the last slew, which took over what was left of those before.
    let end = now + Self.year * 20
    #expect(clock.reading(at: end).nanoseconds == (end - .start + moved).count, "seed \(seed)")
  }

  @Test func `a clock that is slewed back at less than its own rate never runs backwards`() {
    var clock = Clock(drift: -100_000_000)
    clock.slew(by: .microseconds(-40), over: .microseconds(50), at: .start)
    let readings = (Int64(0)..<60_000).map { clock.reading(at: .start + Nanoseconds($0)) }
    #expect(zip(readings, readings.dropFirst()).allSatisfy { $0 <= $1 })
  }

  @Test func `a stopped clock needs longer than any run`() {
    var clock = Clock()
    clock.changeDrift(to: Clock.stopped, at: .start + .seconds(5))
    #expect(clock.reading(at: .start + Self.year) == LocalTime(nanoseconds: 5_000_000_000))
    #expect(clock.trueSpan(for: Nanoseconds(1)) > Self.year * 100)
    #expect(clock.trueSpan(for: .zero) == .zero)
  }

  private let node = NodeID(0)

  private func errors(_ world: World) throws -> [Nanoseconds] {
    let probe = try world.probe(0)
    return zip(probe.wallClocks, probe.beatsAt).map { $0 - $1 }
  }

  @Test func `each fault moves the wall clock by what it says`() throws {
    func late(_ fault: Fault, to end: Int64 = 20_500) throws -> Nanoseconds {
      let world = try World(.chatter, faults: [.init(fault, from: 10_500, to: end)]) {
        $0.chaos = .seconds(3)
      }.finished()
      return try #require(try errors(world).dropLast().last)
    }
    #expect(try late(.clockStep(ClockStepFault(node: node, step: .seconds(-9)))) == .seconds(-9))
    let freeze = ClockFreezeFault(node: node, includesMonotonic: false)
    #expect(try late(.clockFreeze(freeze)) == .milliseconds(-10))
    let slew = ClockSlewFault(node: node, amount: Nanoseconds(1_234_567), window: .milliseconds(7))
    #expect(try late(.clockSlew(slew)) == Nanoseconds(1_234_567))
    let smear = LeapSmearFault(node: node, window: .seconds(2))
    #expect(try late(.leapSmear(smear)) == .seconds(-1))
  }

  @Test func `a frozen wall clock shows one time, and runs on from there`() throws {
    let freeze = Fault.clockFreeze(ClockFreezeFault(node: node, includesMonotonic: false))
    let world = try World(.chatter, faults: [.init(freeze, from: 10_500, to: 20_500)]).finished()
    let walls = try world.probe(0).wallClocks.map { $0.nanoseconds / 1_000 }
    #expect(Array(walls[9..<12]) == [10_000, 10_500, 10_500])
    #expect(Array(walls[19..<22]) == [10_500, 11_000, 12_000])
  }

  @Test func `no timer falls due while the monotonic clock stands still`() throws {
    let freeze = Fault.clockFreeze(ClockFreezeFault(node: node, includesMonotonic: true))
    let world = try World(.chatter, faults: [.init(freeze, from: 10_500, to: 20_500)]).finished()
    let heard = try world.probe(1).heard.map { $0.at.nanoseconds / 1_000 - 300 }
    #expect(Array(heard[8..<12]) == [9_000, 10_000, 21_000, 22_000])
    let beats = try world.probe(0).beatsAt
    #expect(zip(beats, beats.dropFirst()).allSatisfy { $1 - $0 == .milliseconds(1) })
  }

  @Test(arguments: UInt64(0)..<10)
  func `whatever happens to wall clocks, timers and messages do not notice`(seed: UInt64) throws {
    let rhythm = FaultProfile.Rhythm(
      every: .milliseconds(10), shortest: .milliseconds(1), longest: .milliseconds(30))
    let kinds = [
      FaultParameters(.clockStep, with: ["step": .duration(.seconds(5))]), .init(.clockFreeze),
      .init(.clockSlew, with: ["rate_ppb": .integer(500_000_000)]), .init(.leapSmear),
      .init(.timeSyncFailure, with: ["false_by": .duration(.seconds(1))]),
      .init(.clock, with: ["step": .duration(.seconds(2))]),
    ]
    let plan = FaultProfile(kinds, rhythm).plan(
      for: ClusterShape(serverCount: 3, clientCount: 0), within: .milliseconds(400),
      Randomness(seed: seed))
    let chaos = Nanoseconds.milliseconds(400)
    let wrong = try World(
      .chatter, nodes: 3, seed: seed, faults: plan.entries, chaos: chaos, quiet: chaos
    ) { $0.clockSync = ClockSync(every: .milliseconds(25), error: .milliseconds(2)) }.finished()
    let calm = try World(.chatter, nodes: 3, seed: seed, chaos: chaos, quiet: chaos).finished()
    for place in 0..<3 {
      let (probe, twin) = (try wrong.probe(place), try calm.probe(place))
      #expect(probe.beatsAt == twin.beatsAt, "seed \(seed)")
      #expect(probe.wallClocks != twin.wallClocks, "seed \(seed)")
      #expect(Set(probe.heard) == Set(twin.heard), "seed \(seed)")
    }
  }
}

/// A daemon keeps wall clocks close to true time while it is healthy.
struct TimeSynchronisationTests {
  private let sync = ClockSync(every: .milliseconds(20), error: .milliseconds(1))

  private func world(_ faults: [FaultPlan.Entry], seed: UInt64 = 1) throws -> World {
    try World(
      .chatter, seed: seed, faults: faults, chaos: .milliseconds(500), quiet: .milliseconds(100)
    ) {
      $0.clockSync = sync
      $0.wallOffsetMost = .seconds(60)
    }.finished()
  }

  /// How far the wall clock of the first node is off at each beat, whose clocks run at a rate.
  private func errors(_ world: World, drift: Int64 = 0) throws -> [(at: Int64, error: Int64)] {
    let probe = try world.probe(0)
    return zip(probe.wallClocks, probe.beatsAt).map { wall, beat in
      let trueTime = Int128(beat.nanoseconds) * 1_000_000_000 / Int128(1_000_000_000 + drift)
      return (Int64(trueTime), wall.nanoseconds - Int64(trueTime))
    }
  }

  @Test(arguments: UInt64(0)..<20, [Int64(0), 40_000_000, -40_000_000])
  func `the error stays within the bound and what drift adds in an interval`(
    seed: UInt64, drift: Int64
  ) throws {
    let drifting = FaultPlan.Entry(.clock(0, drift: drift), from: 0, to: 900_000)
    let world = try world(drift == 0 ? [] : [drifting], seed: seed)
    let bound = 1_000_000 + (20_000_000 / 1_000_000_000 * drift.magnitude)
    let slack = 20_000_000 * drift.magnitude / 1_000_000_000 + 100
    for (at, error) in try errors(world, drift: drift) where (20_000_000..<500_000_000).contains(at)
    {
      #expect(error.magnitude <= bound + slack, "seed \(seed) at \(at) ns")
    }
    #expect(world.evidence[.clockSyncs] >= 50, "seed \(seed)")
  }

  @Test func `a clock whose daemon fails drifts away, and comes back afterwards`() throws {
    let failure = Fault.timeSyncFailure(TimeSyncFailureFault(node: NodeID(0), falseBy: nil))
    let step = Fault.clockStep(ClockStepFault(node: NodeID(0), step: .seconds(3)))
    let world = try world([
      .init(failure, from: 100_000, to: 300_000), .init(step, from: 150_000, to: 151_000),
    ])
    for (at, error) in try errors(world) where at > 20_000_000 {
      let isWrong = (151_000_000..<300_000_000).contains(at)
      guard !(300_000_000..<320_000_000).contains(at), at < 150_000_000 || at > 151_000_000 else {
        continue
      }
      #expect((error > 2_000_000_000) == isWrong, "at \(at) ns")
      if !isWrong { #expect(error.magnitude <= 1_000_000, "at \(at) ns") }
    }
    #expect(world.evidence[.clockSyncsSpoilt] == 10)
  }

  @Test func `a clock follows a false source, and the heal makes its source true`() throws {
    let lie = Fault.timeSyncFailure(
      TimeSyncFailureFault(node: NodeID(0), falseBy: .seconds(-7)))
    let world = try world([.init(lie, from: 100_000, to: 900_000)])
    for (at, error) in try errors(world) where at > 20_000_000 {
      let target: Int64 = (120_000_000..<500_000_000).contains(at) ? -7_000_000_000 : 0
      guard !(100_000_000..<120_000_000).contains(at), at != 500_000_000 else { continue }
      #expect((error - target).magnitude <= 1_000_000, "at \(at) ns")
    }
  }
}

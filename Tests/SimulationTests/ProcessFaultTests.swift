import Determinism
import ProtocolKit
import Simulation
import Testing

/// Pauses that are aimed, slow nodes, crash loops, wipes, and operators that restart everybody.
struct ProcessFaultTests {
  private func aimed(
    after mark: String, for milliseconds: Int64, at nodes: [Int] = [0, 1],
    probability: Ratio = .percent(100)
  ) -> Fault {
    let lasts = Nanoseconds.milliseconds(milliseconds)
    return .aimedPause(
      AimedPauseFault(
        aim: Aim(
          mark: mark, nodes: nodes.map { NodeID($0) }, probability: probability, deed: .pause,
          lasts: lasts...lasts)))
  }

  private func microseconds(_ times: [LocalTime]) -> [Int64] {
    times.map { $0.nanoseconds / 1_000 }
  }

  @Test func `an aimed pause begins right after the mark, and lasts as long as it is meant to`()
    throws
  {
    let faults: [FaultPlan.Entry] = [
      .init(aimed(after: "started", for: 5), from: 5_000, to: 20_000),
      .init(.crash(1), from: 10_500, to: 12_500), .init(.crash(1), from: 30_500, to: 32_500),
    ]
    let world = try World(.chatter, faults: Array(faults.prefix(2)), beats: 40).finished()
    let probe = try world.probe(1)
    #expect(probe.startedAt?.nanoseconds == 12_500_000, "the handler itself is not held up")
    #expect(microseconds(Array(probe.beatsAt.prefix(2))) == [17_500, 18_500])
    #expect(world.evidence[.aimedPauses] == 1)
    #expect(try world.probe(0).beatsAt.count == 40, "the first start came before the window")
    let twice = try World(.chatter, faults: faults, beats: 40).finished()
    #expect(twice.evidence[.aimedPauses] == 1, "the second restart comes after the window")
  }

  @Test func `an aimed pause hits nobody else, and nothing at all without its mark`() throws {
    let crash = FaultPlan.Entry(.crash(1), from: 10_500, to: 12_500)
    for fault in [
      aimed(after: "started", for: 5, at: [0]), aimed(after: "elsewhere", for: 5),
      aimed(after: "started", for: 5, probability: .zero),
    ] {
      let world = try World(.chatter, faults: [crash, .init(fault, from: 5_000, to: 90_000)])
        .finished()
      #expect(world.evidence[.aimedPauses] == 0 && world.evidence[.pauses] == 0)
    }
  }

  @Test(arguments: UInt64(0)..<20)
  func `every aimed pause follows its mark within the same event`(seed: UInt64) throws {
    let world = try World.wild(seed: seed, recording: .events).finished()
    var hits = 0
    for event in world.recorder.events {
      let stops = event.notes.count { $0.hasSuffix("stops right after started") }
      hits += stops
      if stops > 0 { #expect(event.notes.contains("mark: started"), "event \(event.id)") }
    }
    #expect(hits == world.evidence[.aimedPauses], "seed \(seed)")
  }

  @Test func `an aimed crash kills right after the mark, or takes the power`()
    throws
  {
    for deed in [Aim.Deed.crash, .powerLoss] {
      let lasts = Nanoseconds.milliseconds(7)
      let aim = Aim(
        mark: "started", nodes: [NodeID(1)], probability: .percent(100), deed: deed,
        lasts: lasts...lasts)
      let faults: [FaultPlan.Entry] = [
        .init(.aimedCrash(AimedCrashFault(aim: aim)), from: 5_000, to: 20_000),
        .init(.crash(1), from: 10_500, to: 12_500),
      ]
      let world = try World(
        .journal, faults: faults, sync: .constant(.milliseconds(400)), quiet: .zero
      ).finished()
      #expect(try world.probe(1).startedAt?.nanoseconds == 26_500_000)
      #expect(world.evidence[.aimedCrashes] == 2)
      #expect(try world.probe(1).written.contains { $0 < 1 << 32 } == (deed == .crash))
    }
  }

  private func slow(_ milliseconds: Int64) -> Fault {
    .slowNode(SlowNodeFault(node: NodeID(1), service: .milliseconds(milliseconds)))
  }

  private func handlingTimes(_ probe: Probe) -> [Int64] {
    microseconds((probe.heard.map(\.at) + probe.beatsAt).sorted())
  }

  @Test func `a slow node handles one event in each service time, in order of arrival`() throws {
    let world = try World(
      .talk, faults: [.init(slow(3), from: 10_500, to: 60_500)], beats: 90
    ).finished()
    let probe = try world.probe(1)
    let slowed = handlingTimes(probe).filter { (10_500..<60_500).contains($0) }
    #expect(slowed == Array(stride(from: 14_000, to: 60_500, by: 3_000)))
    #expect(world.evidence[.eventsSlowed] == slowed.count)
    #expect(try world.numbers(from: 0, to: 1) == Array(0..<90))
    let backlog = probe.heard.count { $0.at.nanoseconds == 60_500_000 }
    #expect(backlog > 30, "what waited is handled at once when the node is fast again")
  }

  @Test func `service times of several faults add up, and a pause interrupts them`() throws {
    let world = try World(
      .talk,
      faults: [
        .init(slow(1), from: 10_500, to: 60_500), .init(slow(2), from: 10_500, to: 60_500),
        .init(.pause(1), from: 20_500, to: 30_500),
      ], beats: 90
    ).finished()
    let slowed = handlingTimes(try world.probe(1)).filter { (10_500..<60_500).contains($0) }
    let before = Array(stride(from: Int64(14_000), to: 20_500, by: 3_000))
    #expect(slowed == before + Array(stride(from: 33_500, to: 60_500, by: 3_000)))
  }

  @Test func `a slow node that dies takes its queue with it`() throws {
    let world = try World(
      .talk,
      faults: [
        .init(slow(20), from: 10_500, to: 60_500), .init(.crash(1), from: 25_500, to: 28_500),
      ], beats: 90
    ).finished()
    let heard = try world.numbers(from: 0, to: 1)
    #expect(heard.first == 28, "a restarted node knows nothing of what waited")
    #expect(heard == Array(28..<90))
  }

  @Test func `a crash loop crashes a node again a short time after each restart`() throws {
    let span = { (time: Int64) in Nanoseconds.milliseconds(time)...Nanoseconds.milliseconds(time) }
    let loop = FaultPlan.Entry.crashLoop(
      of: NodeID(1), from: .start + .milliseconds(10), to: .start + .milliseconds(50),
      span(3), span(7), Randomness(seed: 1).draw(.faultPlan))
    let world = try World(.journal, faults: loop).finished()
    #expect(world.evidence[.crashes] == 4 && world.evidence[.restarts] == 4)
    #expect(try world.probe(1).startedAt?.nanoseconds == 43_000_000)
    #expect(try world.probe(1).written.contains { $0 < 1 << 32 }, "the journal survives")
  }

  @Test func `a wipe leaves an empty journal`() throws {
    let wipe = FaultPlan.Entry(
      .wipe(WipeFault(node: NodeID(1))), from: 50_500, to: 52_500)
    let world = try World(.journal, faults: [wipe]).finished()
    let probe = try world.probe(1)
    #expect(probe.incarnation == 1 && !probe.written.isEmpty)
    #expect(probe.written.allSatisfy { $0 >= 1 << 32 }, "nothing of the first life is left")
    #expect(world.evidence[.journalsWiped] == 1)
  }

  @Test(arguments: UInt64(0)..<20)
  func `a rolling restart reaches everyone and never has two down`(seed: UInt64) throws {
    let cluster = ClusterShape(serverCount: 5, clientCount: 0)
    let rhythm = FaultProfile.Rhythm(
      every: .milliseconds(300), shortest: .milliseconds(1), longest: .milliseconds(9))
    let kinds = [FaultParameters(.rollingRestart, with: ["gap": .duration(.milliseconds(2))])]
    let plan = FaultProfile(kinds, rhythm, maxDown: 1).plan(
      for: cluster, within: .milliseconds(200), Randomness(seed: seed))
    var world = World(
      .chatter, nodes: 5, seed: seed, faults: plan.entries, chaos: .milliseconds(300))
    var restarted: Set<NodeID> = []
    while try world.step() {
      let down = cluster.servers.filter { world.machine(of: $0) == nil }
      #expect(down.count <= 1 || world.now == .start, "seed \(seed) at \(world.now)")
      restarted.formUnion(down)
    }
    let rollouts = plan.entries.count / 5
    #expect(rollouts == 0 || restarted.count == 5, "seed \(seed)")
    #expect(world.evidence[.restarts] == plan.entries.count, "seed \(seed)")
  }

  @Test func `an upgrade changes the release that starts next`() throws {
    let steps = FaultPlan.Entry.rolling(
      [NodeID(1), NodeID(0)], from: .start + .milliseconds(10), to: .start + .milliseconds(90),
      gap: .milliseconds(5), [.milliseconds(2), .milliseconds(2)]
    ) { .rollingUpgrade(RollingUpgradeFault(node: $0, version: 2)) }
    var world = World(.chatter, faults: steps)
    while world.now < .start + .milliseconds(15), try world.step() {}
    #expect(try [world.probe(0).version, world.probe(1).version] == [1, 2], "a mixed cluster")
    try world.run()
    #expect(try [world.probe(0).version, world.probe(1).version] == [2, 2])
    #expect(world.evidence[.releasesInstalled] == 2)
  }
}

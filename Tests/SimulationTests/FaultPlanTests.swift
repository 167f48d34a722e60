import Determinism
import Histories
import ProtocolKit
import Simulation
import Testing

/// Plans keep to their profile, and each kind of fault to itself.
struct FaultPlanTests {
  private static let cluster = ClusterShape(serverCount: 5, clientCount: 2)

  private func plan(_ profile: FaultProfile, seed: UInt64) -> [FaultPlan.Entry] {
    profile.plan(for: Self.cluster, within: .seconds(1), Randomness(seed: seed)).entries
  }

  private func switchOff(_ kind: FaultKind, in profile: inout FaultProfile) {
    profile.entries.removeAll { $0.parameters.kind == kind }
  }

  @Test(arguments: [false, true], UInt64(0)..<2)
  func `switching one kind off leaves the others as they were`(isSwarm: Bool, seed: UInt64) {
    var profile = FaultProfile.everything
    profile.isSwarm = isSwarm
    let full = plan(profile, seed: seed)
    for kind in FaultKind.allCases {
      var reduced = profile
      switchOff(kind, in: &reduced)
      let expected = full.filter { $0.fault.kind != kind }
      #expect(plan(reduced, seed: seed) == expected, "\(kind)")
    }
  }

  @Test(arguments: UInt64(0)..<30)
  func `within a tight budget crashes take the place of power losses, and of nothing else`(
    seed: UInt64
  ) {
    var profile = FaultProfile.everything
    profile.maxDown = .atMost(1)
    let full = plan(profile, seed: seed)
    switchOff(.crash, in: &profile)
    let reduced = plan(profile, seed: seed)
    for kind in [FaultKind.cut, .pause, .clock, .clog] {
      #expect(
        full.filter { $0.fault.kind == kind } == reduced.filter { $0.fault.kind == kind },
        "seed \(seed)")
    }
    let losses = [full, reduced].map { plan in plan.count { $0.fault.kind == .powerLoss } }
    #expect(losses[0] <= losses[1], "seed \(seed)")
  }

  @Test(arguments: 0..<4, [Array(0..<5), Array(0..<7)])
  func `never more servers are down than permitted`(most: Int, victims: [Int]) {
    for seed in UInt64(0)..<10 {
      var profile = FaultProfile.everything(victims: victims)
      profile.maxDown = .atMost(most)
      let down = plan(profile, seed: seed).filter {
        [.crash, .powerLoss, .crashLoop].contains($0.fault.kind)
          && (victim(of: $0.fault)?.index ?? 9) < 5
      }
      for entry in down {
        let together = down.filter {
          $0.begins <= entry.begins && entry.begins <= $0.begins + $0.lasts
        }
        #expect(Set(together.map { victim(of: $0.fault) }).count <= most, "seed \(seed)")
      }
      #expect(most == 0 ? down.isEmpty : !down.isEmpty, "seed \(seed)")
    }
  }

  private func victim(of fault: Fault) -> NodeID? {
    // A rolling restart hits servers, whoever else can be hit.
    [.rollingRestart, .rollingUpgrade].contains(fault.kind) ? nil : fault.victims.first
  }

  @Test(arguments: [Array(0..<5), [5, 6], Array(0..<7)])
  func `faults hit who may be hit, for as long as they may, while they may`(
    victims: [Int]
  ) {
    let profile = FaultProfile.everything(victims: victims)
    for seed in UInt64(0)..<8 {
      for entry in plan(profile, seed: seed) {
        #expect(entry.begins + entry.lasts <= .start + .seconds(1), "seed \(seed)")
        #expect(entry.lasts <= .milliseconds(15), "seed \(seed)")
        guard let victim = victim(of: entry.fault) else { continue }
        #expect(victims.contains(victim.denseIndex), "seed \(seed)")
        guard let clock = entry.fault.as(ClockFault.self) else { continue }
        #expect(clock.drift.magnitude <= 100_000_000, "seed \(seed)")
        #expect(clock.step.count.magnitude <= 50_000_000, "seed \(seed)")
      }
    }
  }

  private static let plain: [CutFault.Shape] = [.split, .isolate, .oneWay]

  @Test func `cuts separate every node from every other side, in each plain shape`() {
    var shapes: Set<CutFault.Shape> = []
    for seed in UInt64(0)..<20 {
      for entry in plan(.everything, seed: seed) {
        guard let cut = entry.fault.as(CutFault.self), Self.plain.contains(cut.shape) else {
          continue
        }
        shapes.insert(cut.shape)
        #expect((cut.group + cut.others).sorted() == (0..<7).map { NodeID($0) }, "seed \(seed)")
        let servers = cut.group.count { $0.denseIndex < 5 }
        #expect(cut.shape == .isolate ? servers == 1 : (1..<5).contains(servers), "seed \(seed)")
      }
    }
    #expect(shapes.count == Self.plain.count)
  }

  @Test func `a swarm switches whole kinds off in about one run of three`() {
    var profile = FaultProfile.everything
    profile.isSwarm = true
    let plans = (UInt64(0)..<120).map { plan(profile, seed: $0) }
    for kind in FaultKind.allCases {
      let without = plans.count { plan in !plan.contains { $0.fault.kind == kind } }
      #expect((15...65).contains(without), "seeds 0 to 119: \(kind) is off \(without) times")
    }
  }

  @Test(arguments: UInt64(0)..<20)
  func `the order of independent entries does not change what happens`(seed: UInt64) throws {
    // Others build on what came before them: rows of entries, slews, damage to disks.
    let wild = World.wild(seed: seed)
    let kinds: [FaultKind] = [.cut, .crash, .powerLoss, .pause, .clock, .clog]
    let entries = wild.plan.entries.filter { kinds.contains($0.fault.kind) }
    let order = Randomness(seed: seed).draw(.swarm).permutation(of: entries.count)
    let worlds = [entries, order.map { entries[$0] }].map {
      World(
        configuration: wild.configuration, machine: wild.machineConfiguration,
        plan: FaultPlan($0), seed: seed)
    }
    let (first, second) = (try worlds[0].finished(), try worlds[1].finished())
    #expect(first.evidence == second.evidence, "seed \(seed)")
    let isSame = first.history.operations == second.history.operations
    #expect(isSame, "seed \(seed)")
    for node in 0..<4 {
      #expect(try first.probe(node).heard == second.probe(node).heard, "seed \(seed)")
    }
  }
}

/// After the heal nothing is wrong any more.
struct HealTests {
  @Test(arguments: UInt64(0)..<20)
  func `the heal restores links, processes and clocks`(seed: UInt64) throws {
    // Whatever the plan does, it does for longer than the chaos lasts.
    let plan = FaultProfile.everything.plan(
      for: ClusterShape(serverCount: 4, clientCount: 0), within: .milliseconds(100),
      Randomness(seed: seed))
    let endless = plan.entries.map {
      FaultPlan.Entry(begins: $0.begins, lasts: .seconds(60), fault: $0.fault)
    }
    var links = LinkConditions(delay: .constant(.microseconds(300)))
    (links.loss, links.duplication) = (.percent(30), .percent(30))
    (links.reordering, links.holdBack) = (.percent(30), .milliseconds(5))
    let world = try World(
      .chatter, nodes: 4, seed: seed, faults: endless, links: links, quiet: .milliseconds(100)
    ).finished()
    for recipient in 0..<4 {
      for sender in 0..<4 where sender != recipient {
        let late = try world.probe(recipient).heard.filter {
          $0.sender == NodeID(sender) && $0.at > LocalTime(nanoseconds: 150_000_000)
        }
        let steps = zip(late, late.dropFirst()).map { $1.number - $0.number }
        #expect(steps.allSatisfy { $0 == 1 }, "seed \(seed): lost or doubled after the heal")
        #expect(late.count >= 30, "seed \(seed): n\(sender + 1) is not heard")
      }
    }
  }

  @Test func `a fault that would begin after the heal does not`() throws {
    let late = FaultPlan.Entry(.crash(1), from: 110_000, to: 120_000)
    let world = try World(.chatter, faults: [late], quiet: .milliseconds(50)).finished()
    #expect(world.evidence[.crashes] == 0)
    #expect(world.operationsBeforeHeal == 0)
  }

  @Test func `operations asked before and after the heal are told apart`() throws {
    let world = try World(.everything, quiet: .milliseconds(50)).finished()
    let before = try #require(world.operationsBeforeHeal)
    for (index, operation) in world.history.operations.enumerated() {
      let time = try #require(operation.invocationTime)
      #expect((index < before) == (time < .start + .milliseconds(100)) || time.isHeal)
    }
  }
}

extension Instant {
  /// Whether it is the instant of the heal, at which either order is possible.
  fileprivate var isHeal: Bool { self == .start + .milliseconds(100) }
}

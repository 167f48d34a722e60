import Determinism
import ProtocolKit
import Testing

@testable import Simulation

/// Faults at a node that is down already, or that is two.
struct DowntimeTests {
  private let slow = DelayDistribution.constant(.milliseconds(400))

  @Test func `a power loss takes what a process that is dead already did not sync`() throws {
    let faults: [FaultPlan.Entry] = [
      .init(.crash(0), from: 10_500, to: 30_500), .init(.powerLoss(0), from: 20_500, to: 25_500),
    ]
    let world = try World(.journal, faults: faults, sync: slow).finished()
    #expect(try world.probe(0).written.allSatisfy { $0 >= 1 << 32 })
    #expect(world.evidence[.recordsLost] == 10)
    #expect(world.evidence[.crashes] == 1 && world.evidence[.powerLosses] == 1)
  }

  @Test func `a node stays down until the last of its faults ends`() throws {
    for (first, second) in [(30_500, 50_500), (50_500, 30_500)] {
      let faults: [FaultPlan.Entry] = [
        .init(.crash(0), from: 10_500, to: Int64(first)),
        .init(.powerLoss(0), from: 20_500, to: Int64(second)),
      ]
      let world = try World(.journal, faults: faults).finished()
      #expect(try world.probe(0).startedAt?.nanoseconds == 50_500_000)
      #expect(world.evidence[.restarts] == 1)
    }
  }

  @Test func `a restart that a pause delayed does not undo a later crash`() throws {
    let faults: [FaultPlan.Entry] = [
      .init(.pause(0), from: 5_500, to: 30_500), .init(.crash(0), from: 10_500, to: 20_500),
      .init(.crash(0), from: 25_500, to: 40_500),
    ]
    let world = try World(.journal, faults: faults).finished()
    #expect(try world.probe(0).startedAt?.nanoseconds == 40_500_000)
  }

  @Test func `the heal starts a node whatever kept it down`() throws {
    let faults: [FaultPlan.Entry] = [
      .init(.crash(0), from: 10_500, to: 300_000), .init(.crash(0), from: 20_500, to: 300_000),
    ]
    let world = try World(.journal, faults: faults, quiet: .milliseconds(50)).finished()
    #expect(try world.probe(0).startedAt?.nanoseconds == 100_000_000)
  }

  @Test func `a full inbox leaves an event, a note and a trace in the digest`() throws {
    let pause = FaultPlan.Entry(.pause(1), from: 10_500, to: 20_500)
    let world = try World(.chatter, faults: [pause], beats: 30, recording: .events) {
      $0.inboxBound = 4
    }.finished()
    let losses = world.recorder.events.filter { $0.details.contains(.isLost(.inboxFull)) }
    #expect(losses.count == 6 && losses.count == world.evidence[.messagesOverflowed])
    #expect(losses.allSatisfy { $0.kind == .deliver && $0.node == NodeID(1) })
  }

  @Test func `a pause stops both copies of a node`() throws {
    let faults: [FaultPlan.Entry] = [
      .init(.twins(TwinsFault(node: NodeID(1))), from: 5_500, to: 60_000),
      .init(.pause(1), from: 10_500, to: 40_500),
    ]
    var world = World(.chatter, faults: faults)
    try world.run(until: .start + .milliseconds(40))
    var lastBeats: [Int64] = []
    world.atEachCopy(of: NodeID(1)) { world in
      lastBeats.append(world.machine(of: NodeID(1))?.beatsAt.last?.nanoseconds ?? 0)
    }
    #expect(lastBeats == [10_000_000, 10_000_000])
    try world.run(until: .start + .milliseconds(55))
    world.atEachCopy(of: NodeID(1)) { world in
      #expect(
        world.machine(of: NodeID(1))?.beatsAt.contains { $0.nanoseconds > 41_000_000 } == true)
    }
  }

  @Test func `a crash ends the copy of a node, and the original comes back`() throws {
    let faults: [FaultPlan.Entry] = [
      .init(.twins(TwinsFault(node: NodeID(1))), from: 5_500, to: 60_000),
      .init(.crash(1), from: 10_500, to: 20_500),
    ]
    var world = World(.chatter, faults: faults)
    try world.run(until: .start + .milliseconds(30))
    #expect(world.twins.isEmpty && !world.isCopy(NodeID(1)))
    #expect(try world.probe(1).startedAt?.nanoseconds == 20_500_000)
  }

  @Test func `what travels on a connection does not reach the next life of its recipient`() throws {
    let links = LinkConditions(delay: .constant(.milliseconds(5)))
    let faults = [FaultPlan.Entry(.crash(1), from: 20_500, to: 21_500)]
    for order in [LinkConditions.Order.datagram, .fifo] {
      var links = links
      links.order = order
      let world = try World(.talk, faults: faults, links: links, beats: 40).finished()
      let first = try world.numbers(from: 0, to: 1).first
      // Sent at 17 ms and at 21 ms: before the crash, and while the node was down.
      #expect(first == (order == .fifo ? 21 : 16), "\(order)")
    }
  }
}

/// Leaving one fault out changes nothing about the order of the others.
struct WorldTieTests {
  @Test(arguments: UInt64(1)...24)
  func `faults of the same instant keep their order when one is left out`(seed: UInt64) throws {
    let faults = (0..<4).map { FaultPlan.Entry(.pause($0), from: 10_500, to: 20_500) }
    let whole = try order(of: faults, without: [], seed)
    for omitted in faults.indices {
      let part = try order(of: faults, without: [omitted], seed)
      #expect(part == whole.filter { $0 != omitted })
    }
  }

  private func order(
    of faults: [FaultPlan.Entry], without omitted: [Int], _ seed: UInt64
  ) throws -> [Int] {
    var plan = FaultPlan(faults)
    plan.omitted = omitted
    let world = World(.talk, nodes: 4, seed: seed, faults: faults, recording: .events)
    var other = World(
      configuration: world.configuration, machine: world.machineConfiguration, plan: plan,
      seed: seed, recording: .events)
    try other.run()
    return other.recorder.events.filter { $0.kind == .faultBegins }.compactMap(\.entry)
  }
}

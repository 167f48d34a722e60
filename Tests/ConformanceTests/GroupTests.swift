import Determinism
import ProtocolKit
import Consensus
import Testing
import Workloads

@testable import Simulation

/// Several groups of one protocol in one cluster: nothing counts from the first node.
@Suite struct GroupTests {
  private typealias Group = Raft<KeyValueStore>
  private typealias Machine = Groups<Group>

  private static let groups = [Membership.first(3), Membership([5, 3, 4].map { NodeID($0) })]

  @Test(arguments: UInt64(1)...20)
  func `two groups elect a leader each, although servers crash`(seed: UInt64) throws {
    let crashes = (0..<6).map { node in
      FaultPlan.Entry(
        begins: .start + .milliseconds(300 + Int64(node) * 150), lasts: .milliseconds(100),
        fault: .crash(CrashFault(node: NodeID(node))))
    }
    var world = Simulator<Machine>(
      configuration: WorldConfiguration(
        cluster: ClusterShape(serverCount: 6, clientCount: 0),
        links: LinkConditions(
          delay: .uniform(shortest: .milliseconds(1), longest: .milliseconds(5)),
          loss: .percent(2)),
        journalSync: .constant(.microseconds(500)), chaos: .seconds(2), quiet: .seconds(2)),
      machine: Machine.Configuration(
        Self.groups.map { .init($0, told: RaftConfiguration(members: $0)) }),
      plan: FaultPlan(crashes), seed: seed)
    try world.run()
    try world.finish()
    #expect(world.exercisedRules.allSatisfy { $0 > 0 }, "seed \(seed)")
    for group in Self.groups {
      let leaders = group.nodes.filter { world.nodes[$0].machine?.isLeading ?? false }
      #expect(leaders.count == 1, "seed \(seed): \(leaders) lead \(group.nodes)")
    }
  }
}

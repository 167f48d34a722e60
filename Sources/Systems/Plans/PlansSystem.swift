import Exploration
import ProtocolKit
import Consensus
import Scenarios
import Simulation
public import SystemKit
import Text

/// A server of the plan store behind Raft's log, or an enactor.
typealias PlansMachine = Roles<Raft<PlanStore>, Enactor<RaftMessage<PlanStore>>>

extension System {
  /// Plans behind Raft's log, and enactors that keep a record up to date with them.
  public static let plans = System(
    "plans", of: PlansMachine.self,
    summary: "Enactors that apply numbered plans to a record and clean old plans away, on Raft.",
    workloads: [PlanWorkload.name], defects: PlanDefects.slugs,
    judges: [PlanWorkload.recordCurrent], marks: RaftConfiguration.marks + PlanWorkload.marks
  ) { (scenario, defects) throws(ScenarioError) in
    var workload = try PlanWorkload(scenario.clients)
    workload.defects = PlanDefects(named: defects)
    let cluster = scenario.cluster
    var raft = RaftConfiguration(members: cluster.members(of: ClusterShape.serverRole))
    try scenario.system.read(RaftConfiguration.timeouts, into: &raft)
    return Setup(
      machine: PlansMachine.Configuration(
        raft.members.nodes, play: raft,
        others: Enactor.Configuration(
          workload: workload, servers: raft.members,
          clients: cluster.members(of: ClusterShape.clientRole))),
      judges: [PlanWorkload.judge])
  }
}

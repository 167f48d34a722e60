import Exploration
import ProtocolKit
import Protocols
import Scenarios
import Simulation
import SystemKit
import Text
import Workloads

/// Servers of the lock service, then a storage if a leader acts there, then clients.
typealias CoordinationMachine = ServersAndClients<
  LockServer, ServersAndClients<Storage<LocksMessage>, Participant<LockClient>>
>

extension System {
  /// The lock service, used for more than locks.
  static let coordination = System(
    "coordination", of: CoordinationMachine.self,
    summary:
      "Recipes on the lock service: elections, barriers, unique names, watched configuration.",
    workloads: RecipeWorkload.Recipe.allCases.map(\.rawValue),
    defects: RecipeDefects.slugs + LocksDefects.slugs, judges: RecipeWorkload.judges,
    marks: LockServiceOptions.marks + RecipeWorkload.marks
  ) { (scenario, defects) throws(ScenarioError) in
    var workload = try RecipeWorkload(scenario.clients)
    workload.defects = RecipeDefects(named: defects)
    var options = try LockServiceOptions(scenario.system, storagesAtLeast: workload.storages)
    options.holder.defects = LocksDefects(named: defects)
    let servers = scenario.system.servers
    let participant = Participant<LockClient>.Configuration(
      workload: workload, holder: options.holder, storage: NodeID(options.raft.members.count),
      first: NodeID(servers))
    return Setup(
      cluster: ClusterShape(serverCount: servers, clientCount: workload.clients),
      machine: CoordinationMachine.Configuration(
        serverCount: options.raft.members.count, server: options.server,
        client: .init(serverCount: servers, server: options.storage, client: participant)),
      judges: workload.judges(of: scenario.world, timeToLive: options.holder.timeToLive))
  }
}

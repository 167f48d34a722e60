import Determinism
import Exploration
import ProtocolKit
import Consensus
import Scenarios
import Simulation
public import SystemKit
import Text

/// Lock servers, then storages, then workers.
typealias LocksMachine = Ruled<
  Roles<LockServer, Roles<Storage<LocksMessage>, Worker<LockClient>>>,
  GrantedTokens<Worker<LockClient>>
>

extension System {
  /// A replicated lock service with sessions and tokens, storages, and workers that use both.
  public static let locks = System(
    "locks", of: LocksMachine.self,
    summary: "Lock service with leases and fencing tokens on Raft, and storages that check tokens.",
    roles: LockServiceOptions.roles(storages: 1...8),
    workloads: [CriticalSectionWorkload.name],
    defects: LocksDefects.slugs + StorageDefects.slugs, judges: CriticalSectionWorkload.judges,
    marks: LockServiceOptions.marks + CriticalSectionWorkload.marks
  ) { (scenario, defects) throws(ScenarioError) in
    let workload = try CriticalSectionWorkload(scenario.clients)
    var options = try LockServiceOptions(scenario)
    options.holder.defects = LocksDefects(named: defects)
    options.storage.defects = StorageDefects(named: defects)
    let storages = scenario.cluster.nodes(of: LockServiceOptions.storageRole)
    let worker = Worker<LockClient>.Configuration(
      workload: workload, holder: options.holder,
      storages: storages, clients: scenario.cluster.members(of: ClusterShape.clientRole))
    return Setup(
      machine: LocksMachine.Configuration(
        options.raft.members.nodes, play: options.server,
        others: .init(storages, play: options.storage, others: worker)),
      judges: workload.judges(of: scenario.world, timeToLive: options.holder.timeToLive),
      waitingFunctions: CriticalSectionWorkload.waitingFunctions)
  }
}

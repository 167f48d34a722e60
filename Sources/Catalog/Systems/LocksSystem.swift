import Determinism
import Exploration
import ProtocolKit
import Protocols
import Scenarios
import Simulation
import SystemKit
import Text
import Workloads

/// Lock servers, then storages, then workers.
typealias LocksMachine = ServersAndClients<
  LockServer, ServersAndClients<Storage<LocksMessage>, Worker<LockClient>>
>

extension System {
  /// A replicated lock service with sessions and tokens, storages, and workers that use both.
  static let locks = System(
    "locks", of: LocksMachine.self,
    summary: "Lock service with leases and fencing tokens on Raft, and storages that check tokens.",
    workloads: [CriticalSectionWorkload.name],
    defects: LocksDefects.slugs + StorageDefects.slugs, judges: CriticalSectionWorkload.judges,
    marks: LockServiceOptions.marks + CriticalSectionWorkload.marks
  ) { (scenario, defects) throws(ScenarioError) in
    let workload = try CriticalSectionWorkload(scenario.clients)
    var options = try LockServiceOptions(scenario.system, storagesAtLeast: 1)
    options.holder.defects = LocksDefects(named: defects)
    options.storage.defects = StorageDefects(named: defects)
    let servers = scenario.system.servers
    let worker = Worker<LockClient>.Configuration(
      workload: workload, holder: options.holder,
      storages: (options.raft.members.count..<servers).map { NodeID($0) }, first: NodeID(servers))
    return Setup(
      cluster: ClusterShape(
        serverCount: servers, clientCount: workload.workers + workload.idleWorkers),
      machine: LocksMachine.Configuration(
        serverCount: options.raft.members.count, server: options.server,
        client: .init(serverCount: servers, server: options.storage, client: worker)),
      judges: workload.judges(of: scenario.world, timeToLive: options.holder.timeToLive))
  }
}

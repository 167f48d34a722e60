import Exploration
import ProtocolKit
import Consensus
import Scenarios
import Simulation
public import SystemKit
import Text

/// Servers of the lock service, then a storage if a leader acts there, then clients.
typealias CoordinationMachine = Ruled<
  Roles<LockServer, Roles<Storage<LocksMessage>, Participant<LockClient>>>,
  GrantedTokens<Participant<LockClient>>
>

extension System {
  /// The lock service, used for more than locks.
  public static let coordination = System(
    "coordination", of: CoordinationMachine.self,
    summary:
      "Recipes on the lock service: elections, barriers, unique names, watched configuration.",
    roles: LockServiceOptions.roles(storages: 0...1),
    workloads: RecipeWorkload.Recipe.allCases.map(\.rawValue),
    defects: RecipeDefects.slugs + LocksDefects.slugs, judges: RecipeWorkload.judges,
    marks: LockServiceOptions.marks + RecipeWorkload.marks
  ) { (scenario, defects) throws(ScenarioError) in
    var workload = try RecipeWorkload(scenario.clients)
    workload.defects = RecipeDefects(named: defects)
    var options = try LockServiceOptions(scenario)
    options.holder.defects = LocksDefects(named: defects)
    let storages = scenario.cluster.nodes(of: LockServiceOptions.storageRole)
    guard storages.count >= workload.storages else {
      throw scenario.system.rolesValue.failure(
        "leader-election needs a storage on which the leader acts", hint: "add storage: 1")
    }
    let participant = Participant<LockClient>.Configuration(
      workload: workload, holder: options.holder, storage: storages.first,
      clients: scenario.cluster.members(of: ClusterShape.clientRole))
    return Setup(
      machine: CoordinationMachine.Configuration(
        options.raft.members.nodes, play: options.server,
        others: .init(storages, play: options.storage, others: participant)),
      judges: workload.judges(of: scenario.world, timeToLive: options.holder.timeToLive),
      waitingFunctions: RecipeWorkload.waitingFunctions)
  }
}

import Text
import Checking
import Determinism
import Exploration
import Histories
import ProtocolKit
import Protocols
import Scenarios
import Simulation
import Workloads

extension OrreryCatalog.ProtocolEntry {
  /// The lock service, used for more than locks.
  static let coordination = OrreryCatalog.ProtocolEntry(
    name: "coordination",
    summary:
      "Recipes on the lock service: elections, barriers, unique names, watched configuration.",
    defects: RecipeDefects.catalogue.map(\.slug) + LocksDefects.catalogue.map(\.slug),
    invariants: CoordinationSystem.Machine.Rules.properties,
    workloads: RecipeWorkload.Recipe.allCases.map(\.rawValue),
    makeExperiment: { (scenario, planted) throws(ScenarioError) in
      let experiment = try CoordinationSystem.experiment(scenario, planting: planted)
      return Experiment(
        name: experiment.name, goals: experiment.judges.goals,
        owedEvidence: experiment.owedEvidence
      ) {
        experiment.run(seed: $0, recording: $1, without: $2)
      }
    })
}

/// Servers of the lock service, then a storage if a leader acts there, then clients.
enum CoordinationSystem {
  /// A node of any kind.
  typealias Machine = ServersAndClients<
    LockServer, ServersAndClients<Storage<LocksMessage>, Participant<LockClient>>
  >

  /// Turns a scenario into an experiment.
  static func experiment(
    _ scenario: Scenario, planting planted: [String]
  ) throws(ScenarioError) -> SimulationExperiment<Machine> {
    var workload = try RecipeWorkload(scenario.clients)
    var options = try LocksSystem.options(scenario.system, storagesAtLeast: workload.storages)
    let defects = try defects(scenario.system, planted)
    workload.defects = defects.recipes
    options.holder.defects = defects.locks
    let servers = scenario.system.servers
    let checks = scenario.checks
    return SimulationExperiment(
      name: scenario.name,
      world: scenario.worldConfiguration(
        for: ClusterShape(serverCount: servers, clientCount: workload.clients)),
      machine: configuration(options, workload, servers: servers),
      profile: scenario.profile, script: scenario.script,
      judges: SimulationExperiment<Machine>.Judges(
        histories: (checks.linearizability ? workload.safetyJudges : [])
          + (checks.progress
            ? workload.progressJudges(scenario.world, timeToLive: options.holder.timeToLive) : []),
        progress: checks.progress, goals: checks.goals))
  }

  private static func configuration(
    _ options: LocksSystem.Options, _ workload: RecipeWorkload, servers: Int
  ) -> Machine.Configuration {
    let lockServers = options.raft.serverCount
    let participant = Participant<LockClient>.Configuration(
      workload: workload, holder: options.holder, storage: NodeID(lockServers),
      first: NodeID(servers))
    return Machine.Configuration(
      serverCount: lockServers, server: LocksSystem.server(options),
      client: ServersAndClients.Configuration(
        serverCount: servers, server: options.storage, client: participant))
  }

  private static func defects(
    _ system: Scenario.System, _ planted: [String]
  ) throws(ScenarioError) -> (recipes: RecipeDefects, locks: LocksDefects) {
    let known = OrreryCatalog.ProtocolEntry.coordination.defects
    for (_, value) in system.defects { _ = try value.choice(of: "defect", among: known) }
    let wanted = system.defects.map(\.name) + planted
    return (
      RecipeDefects(RecipeDefects.catalogue.filter { wanted.contains($0.slug) }.map(\.defect)),
      LocksDefects(LocksDefects.catalogue.filter { wanted.contains($0.slug) }.map(\.defect))
    )
  }
}

import Text
import Determinism
import Exploration
import ProtocolKit
import Protocols
import Scenarios
import Simulation
import Workloads

extension OrreryCatalog.ProtocolEntry {
  /// Redlock as published, an unfenced storage, and workers that use both.
  static let redlock = OrreryCatalog.ProtocolEntry(
    name: "redlock",
    summary: "Lock over independent stores with expiring keys, as published for Redis.",
    defects: RedlockDefects.catalogue.map(\.slug),
    invariants: RedlockSystem.Machine.Rules.properties,
    workloads: [CriticalSectionWorkload.name],
    makeExperiment: { (scenario, planted) throws(ScenarioError) in
      let experiment = try RedlockSystem.experiment(scenario, planting: planted)
      return Experiment(
        name: experiment.name, goals: experiment.judges.goals,
        owedEvidence: experiment.owedEvidence
      ) {
        experiment.run(seed: $0, recording: $1, without: $2)
      }
    })
}

/// Stores, then one storage without fencing, then workers.
enum RedlockSystem {
  /// A node of any kind.
  typealias Machine = ServersAndClients<
    RedlockStore, ServersAndClients<Storage<RedlockMessage>, Worker<RedlockClient>>
  >

  /// Turns a scenario into an experiment.
  static func experiment(
    _ scenario: Scenario, planting planted: [String]
  ) throws(ScenarioError) -> SimulationExperiment<Machine> {
    let workload = try CriticalSectionWorkload(scenario.clients)
    let servers = scenario.system.servers
    guard servers > 1 else {
      throw scenario.system.protocolValue.failure(
        "servers counts the stores and the storage behind them: \(servers) leaves no store")
    }
    var store = RedlockStore.Configuration(storeCount: servers - 1)
    var holder = RedlockClient.Configuration(storeCount: servers - 1)
    try scenario.system.options?.object { (section) throws(ScenarioError) in
      try decode(&section, &store, &holder)
    }
    let defects = try defects(scenario.system, planted)
    (store.defects, holder.defects) = (defects, defects)
    var storage = Storage<RedlockMessage>.Configuration()
    storage.fencing = .none
    let worker = Worker<RedlockClient>.Configuration(
      workload: workload, holder: holder, storages: [NodeID(servers - 1)], first: NodeID(servers))
    let machine = Machine.Configuration(
      serverCount: servers - 1, server: store,
      client: ServersAndClients.Configuration(
        serverCount: servers, server: storage, client: worker))
    let cluster = ClusterShape(
      serverCount: servers, clientCount: workload.workers + workload.idleWorkers)
    let checks = scenario.checks
    return SimulationExperiment(
      name: scenario.name, world: scenario.worldConfiguration(for: cluster), machine: machine,
      profile: scenario.profile, script: scenario.script,
      judges: SimulationExperiment<Machine>.Judges(
        histories: checks.linearizability ? [workload.counterJudge] : [],
        progress: checks.progress, goals: checks.goals))
  }

  private static func defects(
    _ system: Scenario.System, _ planted: [String]
  ) throws(ScenarioError) -> RedlockDefects {
    let known = RedlockDefects.catalogue
    for (_, value) in system.defects {
      _ = try value.choice(of: "defect", among: known.map(\.slug))
    }
    let wanted = system.defects.map(\.name) + planted
    return RedlockDefects(known.filter { wanted.contains($0.slug) }.map(\.defect))
  }

  private static func decode(
    _ section: inout StrictObject, _ store: inout RedlockStore.Configuration,
    _ holder: inout RedlockClient.Configuration
  ) throws(ScenarioError) {
    if let value = section.optional("ttl") {
      holder.timeToLive = try value.duration()
      guard holder.timeToLive >= .milliseconds(10) else {
        throw value.failure("ttl must be at least 10ms")
      }
    }
    store.restartDelay = holder.timeToLive + holder.timeToLive / 10
    store.restartDelay = try section.optional("restart_delay")?.duration() ?? store.restartDelay
    store.persistence =
      try section.optional("persistence")?.choice(of: "persistence") ?? store.persistence
    holder.driftFactor =
      try section.optional("drift_factor_ppb")?.integer(in: 0...500_000_000) ?? holder.driftFactor
    if let value = section.optional("margin") {
      holder.margin = try value.duration()
      guard holder.margin < holder.timeToLive else {
        throw value.failure("margin must be shorter than ttl")
      }
    }
    holder.timeout = try section.optional("timeout")?.duration() ?? holder.timeout
    if let value = section.optional("retry") {
      holder.retryLongest = try value.duration()
      guard holder.retryLongest >= .milliseconds(1) else {
        throw value.failure("retry must be at least 1ms")
      }
    }
    if let value = section.optional("fencing") {
      throw value.failure(
        "redlock gives no fencing tokens, so no storage can check them",
        hint: "use protocol \"locks\"")
    }
  }
}

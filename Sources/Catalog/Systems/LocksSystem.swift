import Determinism
import Exploration
import Histories
import ProtocolKit
import Protocols
import Scenarios
import Simulation
import Workloads

extension OrreryCatalog.ProtocolEntry {
  /// A replicated lock service with sessions and tokens, storages, and workers that use both.
  static let locks = OrreryCatalog.ProtocolEntry(
    name: "locks",
    summary: "Lock service with leases and fencing tokens on Raft, and storages that check tokens.",
    defects: LocksDefects.catalogue.map(\.slug) + StorageDefects.catalogue.map(\.slug),
    invariants: LocksSystem.Machine.Rules.properties,
    workloads: [CriticalSectionWorkload.name],
    makeExperiment: { (scenario, planted) throws(ScenarioError) in
      let experiment = try LocksSystem.experiment(scenario, planting: planted)
      return Experiment(
        name: experiment.name, goals: experiment.judges.goals,
        owedEvidence: experiment.owedEvidence
      ) {
        experiment.run(seed: $0, recording: $1, without: $2)
      }
    })
}

/// Lock servers, then storages, then workers.
enum LocksSystem {
  /// A node of any kind.
  typealias Machine = ServersAndClients<
    LockServer, ServersAndClients<Storage<LocksMessage>, Worker<LockClient>>
  >

  /// What the options of a scenario say.
  struct Options {
    var raft: RaftConfiguration
    var storages = 1
    var holder: LockClient.Configuration
    var storage = Storage<LocksMessage>.Configuration()
  }

  /// Turns a scenario into an experiment.
  static func experiment(
    _ scenario: Scenario, planting planted: [String]
  ) throws(ScenarioError) -> SimulationExperiment<Machine> {
    let workload = try CriticalSectionWorkload(scenario.clients)
    var options = try options(scenario.system)
    let defects = try defects(scenario.system, planted)
    options.holder.defects = defects.locks
    options.storage.defects = defects.storage
    let cluster = ClusterShape(
      serverCount: scenario.system.servers,
      clientCount: workload.workers + workload.idleWorkers)
    let checks = scenario.checks
    let progress = workload.progressJudges(
      of: scenario.world, timeToLive: options.holder.timeToLive)
    return SimulationExperiment(
      name: scenario.name, world: scenario.worldConfiguration(for: cluster),
      machine: configuration(options, workload, servers: scenario.system.servers),
      profile: scenario.profile, script: scenario.script,
      judges: SimulationExperiment<Machine>.Judges(
        histories: (checks.linearizability ? workload.judges : [])
          + (checks.progress ? progress : []),
        progress: checks.progress, goals: checks.goals))
  }

  private static func configuration(
    _ options: Options, _ workload: CriticalSectionWorkload, servers: Int
  ) -> Machine.Configuration {
    var server = LockServer.Configuration(raft: options.raft)
    server.driftBound = options.holder.driftBound
    server.defects = options.holder.defects
    let lockServers = options.raft.serverCount
    let worker = Worker<LockClient>.Configuration(
      workload: workload, holder: options.holder,
      storages: (lockServers..<servers).map { NodeID($0) }, first: NodeID(servers))
    return Machine.Configuration(
      serverCount: lockServers, server: server,
      client: ServersAndClients.Configuration(
        serverCount: servers, server: options.storage, client: worker))
  }

  private static func defects(
    _ system: Scenario.System, _ planted: [String]
  ) throws(ScenarioError) -> (locks: LocksDefects, storage: StorageDefects) {
    let known = LocksDefects.catalogue.map(\.slug) + StorageDefects.catalogue.map(\.slug)
    for (_, value) in system.defects { _ = try value.choice(of: "defect", among: known) }
    let wanted = system.defects.map(\.name) + planted
    return (
      LocksDefects(LocksDefects.catalogue.filter { wanted.contains($0.slug) }.map(\.defect)),
      StorageDefects(StorageDefects.catalogue.filter { wanted.contains($0.slug) }.map(\.defect))
    )
  }
}

extension LocksSystem {
  private static func options(
    _ system: Scenario.System
  ) throws(ScenarioError) -> Options {
    let holder = LockClient.Configuration(serverCount: system.servers - 1)
    guard let value = system.options else {
      guard system.servers > 1 else { throw system.protocolValue.failure(tooFew(system.servers)) }
      return Options(raft: RaftConfiguration(serverCount: system.servers - 1), holder: holder)
    }
    return try value.object { (section) throws(ScenarioError) in
      let storages: Int = try section.optional("storages")?.integer(in: 1...8) ?? 1
      guard system.servers > storages else { throw value.failure(tooFew(system.servers)) }
      var options = Options(
        raft: RaftConfiguration(serverCount: system.servers - storages), holder: holder)
      options.storages = storages
      options.holder.serverCount = system.servers - storages
      try decode(&section, into: &options)
      return options
    }
  }

  private static func tooFew(_ servers: Int) -> String {
    "servers counts the lock servers and the storages behind them: \(servers) leaves no lock server"
  }

  private static func decode(
    _ section: inout StrictObject, into options: inout Options
  ) throws(ScenarioError) {
    try options.raft.decodeTimeouts(&section)
    if let value = section.optional("ttl") {
      options.holder.timeToLive = try value.duration()
      guard options.holder.timeToLive >= .milliseconds(10) else {
        throw value.failure("ttl must be at least 10ms")
      }
    }
    if let value = section.optional("drift_bound_ppb") {
      options.holder.driftBound = try value.integer(in: 0...500_000_000)
    }
    if let value = section.optional("margin") {
      options.holder.margin = try value.duration()
      guard options.holder.margin < options.holder.timeToLive else {
        throw value.failure("margin must be shorter than ttl")
      }
    }
    options.holder.timeout = try section.optional("timeout")?.duration() ?? options.holder.timeout
    options.storage.fencing =
      try section.optional("fencing")?.choice(of: "fencing") ?? options.storage.fencing
  }
}

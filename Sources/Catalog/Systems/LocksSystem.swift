import Text
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
    var storages: Int
    var holder: LockClient.Configuration
    var storage = Storage<LocksMessage>.Configuration()

    /// The defaults, or nil if no server is left for locks.
    init?(servers: Int, storages: Int) {
      let lockServers = servers - storages
      guard lockServers > 0 else { return nil }
      raft = RaftConfiguration(serverCount: lockServers)
      holder = LockClient.Configuration(serverCount: lockServers)
      self.storages = storages
    }
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
    let lockServers = options.raft.serverCount
    let worker = Worker<LockClient>.Configuration(
      workload: workload, holder: options.holder,
      storages: (lockServers..<servers).map { NodeID($0) }, first: NodeID(servers))
    return Machine.Configuration(
      serverCount: lockServers, server: server(options),
      client: ServersAndClients.Configuration(
        serverCount: servers, server: options.storage, client: worker))
  }

  /// What the servers are told about what their clients rely on.
  static func server(_ options: Options) -> LockServer.Configuration {
    var server = LockServer.Configuration(raft: options.raft)
    server.driftBound = options.holder.driftBound
    server.defects = options.holder.defects
    return server
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
  /// Reads the options of a cluster with so many storages, unless it says that it has more.
  static func options(
    _ system: Scenario.System, storagesAtLeast least: Int = 1
  ) throws(ScenarioError) -> Options {
    guard let value = system.options else {
      guard let options = Options(servers: system.servers, storages: least) else {
        throw system.protocolValue.failure(tooFew(system.servers))
      }
      return options
    }
    return try value.object { (section) throws(ScenarioError) in
      let storages = try section.optional("storages")?.integer(in: least...8) ?? least
      guard var options = Options(servers: system.servers, storages: storages) else {
        throw value.failure(tooFew(system.servers))
      }
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

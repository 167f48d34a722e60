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
  /// Raft with a key-value store behind its log.
  static let raft = OrreryCatalog.ProtocolEntry(
    name: "raft",
    summary: "Replicated state machine with a leader, after Ongaro's dissertation.",
    defects: RaftDefects.catalogue.map(\.slug),
    invariants: RaftInvariants<KeyValueStore>.properties,
    workloads: [KeyValueWorkload.name],
    makeExperiment: { (scenario, planted) throws(ScenarioError) in
      let experiment = try RaftSystem.experiment(scenario, planting: planted)
      return Experiment(
        name: experiment.name, goals: experiment.judges.goals,
        owedEvidence: experiment.owedEvidence
      ) {
        experiment.run(seed: $0, recording: $1, without: $2)
      }
    })
}

/// A Raft cluster whose clients use a key-value store.
enum RaftSystem {
  /// A server or a client.
  typealias Machine = ServersAndClients<
    Raft<KeyValueStore>, KeyValueClient<RaftMessage<KeyValueStore>>
  >

  /// Turns a scenario into an experiment.
  static func experiment(
    _ scenario: Scenario, planting planted: [String] = []
  ) throws(ScenarioError) -> SimulationExperiment<Machine> {
    let workload = try KeyValueWorkload(scenario.clients)
    let servers = scenario.system.servers
    let machine = Machine.Configuration(
      serverCount: servers, server: try configuration(scenario.system, planted),
      client: KeyValueClient.Configuration(workload: workload, serverCount: servers))
    let cluster = ClusterShape(
      serverCount: servers, clientCount: workload.clients + workload.idleClients)
    let checks = scenario.checks
    return SimulationExperiment(
      name: scenario.name, world: scenario.worldConfiguration(for: cluster), machine: machine,
      profile: scenario.profile, script: scenario.script,
      judges: SimulationExperiment<Machine>.Judges(
        histories: checks.linearizability ? [KeyValueWorkload.judge] : [],
        progress: checks.progress, goals: checks.goals))
  }

  private static func configuration(
    _ system: Scenario.System, _ planted: [String]
  ) throws(ScenarioError) -> RaftConfiguration {
    var configuration = RaftConfiguration(serverCount: system.servers)
    try system.options?.object { (section) throws(ScenarioError) in
      try decode(&section, into: &configuration)
    }
    for (name, value) in system.defects {
      let known = RaftDefects.catalogue
      _ = try value.choice(of: "defect", among: known.map(\.slug))
      for entry in known where entry.slug == name { configuration.defects.insert(entry.defect) }
    }
    for entry in RaftDefects.catalogue where planted.contains(entry.slug) {
      configuration.defects.insert(entry.defect)
    }
    return configuration
  }

  private static func decode(
    _ section: inout StrictObject, into configuration: inout RaftConfiguration
  ) throws(ScenarioError) {
    try configuration.decodeTimeouts(&section)
    if let value = section.optional("max_entries_per_append") {
      configuration.maxEntriesPerAppend = try value.integer(in: 1...10_000)
    }
    if let value = section.optional("max_appends_in_flight") {
      configuration.maxAppendsInFlight = try value.integer(in: 1...1_000)
    }
    if let value = section.optional("max_sessions") {
      configuration.maxSessions = try value.integer(in: 1...100_000)
    }
  }
}

extension RaftConfiguration {
  /// Reads the timeouts, for every system that has Raft inside.
  mutating func decodeTimeouts(_ section: inout StrictObject) throws(ScenarioError) {
    if let value = section.optional("election_timeout") {
      electionTimeout = try value.duration()
      guard electionTimeout > .zero else {
        throw value.failure("election_timeout must be longer than nothing")
      }
    }
    if let value = section.optional("heartbeat") {
      heartbeatInterval = try value.duration()
      guard heartbeatInterval > .zero,
        heartbeatInterval < electionTimeout
      else {
        throw value.failure(
          "heartbeat must be longer than nothing and shorter than election_timeout",
          hint: "a third of it is usual")
      }
    }
  }
}

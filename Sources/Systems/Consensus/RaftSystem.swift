import Determinism
import Exploration
import ProtocolKit
import Scenarios
import Simulation
public import SystemKit
import Text
import Workloads

/// A server of a key-value store behind Raft's log, or a client of it.
typealias RaftMachine = Roles<
  Raft<KeyValueStore>, KeyValueClient<RaftMessage<KeyValueStore>>
>

extension System {
  /// Raft with a key-value store behind its log.
  public static let raft = System(
    "raft", of: RaftMachine.self,
    summary: "Replicated state machine with a leader, after Ongaro's dissertation.",
    workloads: [KeyValueWorkload.name], defects: RaftDefects.slugs,
    judges: [KeyValueWorkload.linearizable],
    marks: RaftConfiguration.marks + KeyValueWorkload.marks
  ) { (scenario, defects) throws(ScenarioError) in
    try RaftMachine.setup(scenario, defects: defects)
  }
}

extension RaftMachine {
  /// What a scenario makes of Raft.
  static func setup(
    _ scenario: Scenario, defects: [String]
  ) throws(ScenarioError) -> Setup<RaftMachine> {
    let workload = try KeyValueWorkload(scenario.clients)
    let cluster = scenario.cluster
    var raft = RaftConfiguration(members: cluster.members(of: ClusterShape.serverRole))
    try scenario.system.read(RaftConfiguration.options, into: &raft)
    raft.defects = RaftDefects(named: defects)
    return Setup(
      machine: RaftMachine.Configuration(
        raft.members.nodes, play: raft,
        others: KeyValueClient.Configuration(
          workload: workload, servers: raft.members,
          clients: cluster.members(of: ClusterShape.clientRole))),
      judges: [KeyValueWorkload.judge])
  }
}

extension RaftConfiguration {
  /// The places that servers can reach.
  public static let marks = [
    "election-started", "leader-elected", "leader-stepped-down", "entries-truncated",
    "log-conflict", "vote-granted",
  ]

  /// What scenarios can set in every system that has Raft inside.
  public static let timeouts: [ConfigurationOption<RaftConfiguration>] = [
    .duration("election_timeout", \.electionTimeout, atLeast: Nanoseconds(1)),
    .duration("heartbeat", \.heartbeatInterval, atLeast: Nanoseconds(1)),
  ]

  /// What scenarios can set.
  static let options =
    timeouts + [
      .integer("max_entries_per_append", \.maxEntriesPerAppend, in: 1...10_000),
      .integer("max_appends_in_flight", \.maxAppendsInFlight, in: 1...1_000),
      .integer("max_sessions", \.maxSessions, in: 1...100_000),
      ConfigurationOption("replication_quorum") { (value, configuration) throws(ScenarioError) in
        configuration.replicationQuorum = try value.integer(in: 1...31)
      },
    ]
}

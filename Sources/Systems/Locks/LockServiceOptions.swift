import Determinism
import ProtocolKit
import Consensus
import Scenarios
import Simulation
import SystemKit
import Text

/// What the options of a scenario say about a lock service, its clients and the storages behind it.
struct LockServiceOptions: ValidatedConfiguration {
  var raft: RaftConfiguration
  var holder: LockClient.Configuration
  var storage = Storage<LocksMessage>.Configuration()

  /// The places that lock servers, their clients and storages can reach.
  static let marks =
    RaftConfiguration.marks + [
      "session-deadline", "lock-granted", "session-lost", "watch-resumed", "write-fenced",
    ]

  /// The role of the resources that locks protect.
  static let storageRole = "storage"

  /// Lock servers, and the storages behind them.
  static func roles(storages: ClosedRange<Int>) -> [System.Role] {
    [.init(ClusterShape.serverRole, 1...30), .init(storageRole, storages)]
  }

  /// Reads the options of a scenario.
  init(_ scenario: Scenario) throws(ScenarioError) {
    raft = RaftConfiguration(members: scenario.cluster.members(of: ClusterShape.serverRole))
    holder = LockClient.Configuration(servers: raft.members)
    try scenario.system.read(Self.all, into: &self)
  }

  /// What is wrong with what servers or clients are told.
  var complaint: ConfigurationComplaint? { raft.complaint ?? holder.complaint }

  /// What servers are told about what their clients rely on.
  var server: LockServer.Configuration {
    var server = LockServer.Configuration(raft: raft)
    server.driftBound = holder.driftBound
    server.defects = holder.defects
    return server
  }

  private static let all: [ConfigurationOption<LockServiceOptions>] =
    [
      .duration("election_timeout", \.raft.electionTimeout, atLeast: Nanoseconds(1)),
      .duration("heartbeat", \.raft.heartbeatInterval, atLeast: Nanoseconds(1)),
      .duration("ttl", \.holder.timeToLive, atLeast: .milliseconds(10)),
      .integer("drift_bound_ppb", \.holder.driftBound, in: 0...500_000_000),
      .duration("margin", \.holder.margin),
      .duration("timeout", \.holder.timeout),
      .choice("fencing", \.storage.fencing),
    ]
}

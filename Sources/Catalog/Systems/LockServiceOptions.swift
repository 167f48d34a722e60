import Determinism
import ProtocolKit
import Protocols
import Scenarios
import SystemKit
import Text

/// What the options of a scenario say about a lock service, its clients and the storages behind it.
struct LockServiceOptions: ValidatedConfiguration {
  private var storages: Int
  var raft: RaftConfiguration
  var holder: LockClient.Configuration
  var storage = Storage<LocksMessage>.Configuration()

  /// The places that lock servers, their clients and storages can reach.
  static let marks =
    RaftConfiguration.marks + [
      "session-deadline", "lock-granted", "session-lost", "watch-resumed", "write-fenced",
    ]

  /// Reads the options of a cluster with so many storages, unless it says that it has more.
  init(_ system: Scenario.System, storagesAtLeast least: Int) throws(ScenarioError) {
    let servers = system.servers
    storages = least
    raft = RaftConfiguration(members: .first(servers))
    holder = LockClient.Configuration(servers: raft.members)
    try system.read(Self.all(storagesAtLeast: least), into: &self)
    guard servers > storages else {
      throw (system.options ?? system.protocolValue).failure(
        "servers counts the lock servers and the storages behind them: "
          + "\(servers) leaves no lock server")
    }
    raft.members = .first(servers - storages)
    holder.servers = raft.members
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

  private static func all(
    storagesAtLeast least: Int
  ) -> [ConfigurationOption<LockServiceOptions>] {
    [
      .integer("storages", \.storages, in: least...8),
      .duration("election_timeout", \.raft.electionTimeout, atLeast: Nanoseconds(1)),
      .duration("heartbeat", \.raft.heartbeatInterval, atLeast: Nanoseconds(1)),
      .duration("ttl", \.holder.timeToLive, atLeast: .milliseconds(10)),
      .integer("drift_bound_ppb", \.holder.driftBound, in: 0...500_000_000),
      .duration("margin", \.holder.margin),
      .duration("timeout", \.holder.timeout),
      .choice("fencing", \.storage.fencing),
    ]
  }
}

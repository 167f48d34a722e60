public import Determinism
public import ProtocolKit

/// What every server of a Raft cluster is told at the start.
public struct RaftConfiguration: Hashable, ValidatedConfiguration {
  /// The servers of the group.
  public var members: Membership
  /// The shortest election timeout; each is drawn between this and twice this.
  public var electionTimeout = Nanoseconds.milliseconds(150)
  /// How often a leader tells its followers that it leads; well below the election timeout.
  public var heartbeatInterval = Nanoseconds.milliseconds(50)
  /// How many entries one append carries at the most; at least one.
  public var maxEntriesPerAppend = 64
  /// How many appends a follower may have unanswered; at least one.
  public var maxAppendsInFlight = 8
  /// How many client sessions are kept; the least recently used one makes room.
  public var maxSessions = 256
  /// How many servers must have an entry on disk before it commits; nil for a majority.
  ///
  /// Elections then take as many as meet each such group (Flexible Paxos): with four servers, two may
  /// commit if three elect.
  public var replicationQuorum: Int?
  /// Known bugs that are switched on.
  public var defects: RaftDefects = []

  /// Creates the configuration of a cluster with the usual timeouts.
  public init(members: Membership) {
    self.members = members
  }

  /// An election timeout must leave time for heartbeats, and a quorum has members only.
  public var complaint: ConfigurationComplaint? {
    if let size = replicationQuorum, !(1...members.count).contains(size) {
      return ConfigurationComplaint(
        "replication_quorum", "must be at most the number of servers",
        hint: "there are \(members.count)")
    }
    guard heartbeatInterval >= electionTimeout else { return nil }
    return ConfigurationComplaint(
      "heartbeat", "must be shorter than election_timeout", hint: "a third of it is usual")
  }

  /// How many servers commit an entry, or prove that a leader leads.
  public var quorums: Quorums {
    Quorums(of: members, deciding: replicationQuorum ?? members.majority)
  }

  /// How many servers elect a leader: they must meet all who commit, and each other in one term.
  public var electionQuorum: Int { max(quorums.learning, members.majority) }
}

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
  /// Known bugs that are switched on.
  public var defects: RaftDefects = []

  /// Creates the configuration of a cluster with the usual timeouts.
  public init(members: Membership) {
    self.members = members
  }

  /// An election timeout must leave time for heartbeats.
  public var complaint: ConfigurationComplaint? {
    guard heartbeatInterval >= electionTimeout else { return nil }
    return ConfigurationComplaint(
      "heartbeat", "must be shorter than election_timeout", hint: "a third of it is usual")
  }

  /// How many servers are a majority.
  public var quorum: Int { members.majority }

  /// The highest value that a majority of servers has reached, given everyone's; sorts them.
  func reachedByMajority<Value: Comparable>(_ values: inout ContiguousArray<Value>) -> Value {
    values.sort(by: >)
    return values[quorum - 1]
  }
}

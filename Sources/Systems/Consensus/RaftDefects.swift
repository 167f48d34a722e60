public import ProtocolKit

/// Known bugs of real Raft implementations, as switches; all off gives the algorithm as published.
public struct RaftDefects: DefectSet {
  /// One bit for each defect.
  public let rawValue: UInt32

  /// Creates a set of defects.
  public init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// A leader counts replicas of an entry of an earlier term as committed.
  ///
  /// Ongaro and Ousterhout, extended version, figure 8 and section 5.4.2; logcabin issue 44.
  /// Nearly unreachable unless an append carries one entry, because the leader's no-op hides it.
  public static let commitPriorTerm = RaftDefects(rawValue: 1 << 0)

  /// The vote is kept in memory only, so that a restarted node may vote twice in one term.
  public static let lostVotedFor = RaftDefects(rawValue: 1 << 1)

  /// A follower acknowledges entries before they are on its disk.
  ///
  /// Needs a loss of power: after a crash of the process alone the entries are still there.
  public static let ackBeforeFsync = RaftDefects(rawValue: 1 << 2)

  /// A candidate counts a vote that was granted in an earlier term.
  ///
  /// xnnyygn/xraft issue 33. Needs messages that are delayed beyond an election timeout.
  public static let staleVoteReply = RaftDefects(rawValue: 1 << 3)

  /// A leader answers reads from its own state without asking whether it still leads.
  ///
  /// Needs clients that read from a deposed leader.
  public static let localLeaderRead = RaftDefects(rawValue: 1 << 4)

  /// Every defect with the name that scenarios use, in the order of introduction.
  public static let catalogue: [(slug: String, defect: RaftDefects)] = [
    ("raft-commit-prior-term", .commitPriorTerm),
    ("raft-lost-votedfor", .lostVotedFor),
    ("raft-ack-before-fsync", .ackBeforeFsync),
    ("raft-stale-vote-reply", .staleVoteReply),
    ("raft-local-leader-read", .localLeaderRead),
  ]
}

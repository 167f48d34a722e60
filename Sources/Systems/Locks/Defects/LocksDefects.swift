public import ProtocolKit

/// Known bugs of lock services and of their clients, as switches.
public struct LocksDefects: DefectSet {
  /// One bit for each defect.
  public let rawValue: UInt32

  /// Creates a set of defects.
  public init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// A session that expired stays in the queue and is granted the lock; its client believes it.
  ///
  /// etcd issue 11456, found by Jepsen in 3.4.3.
  public static let grantAfterExpiry = LocksDefects(rawValue: 1 << 0)

  /// The holder counts its lease from the reply and not from when it asked.
  ///
  /// The same rule for leader leases: yugabyte-db issue 16.
  public static let expiryFromReply = LocksDefects(rawValue: 1 << 1)

  /// The holder counts its lease on a clock that steps: tikv issue 964.
  public static let wallClock = LocksDefects(rawValue: 1 << 2)

  /// The holder looks at its lease once, when it gets the lock, and never again.
  ///
  /// Kleppmann, *Designing Data-Intensive Applications*, chapter 8.
  public static let checkThenAct = LocksDefects(rawValue: 1 << 3)

  /// A late keep-alive brings a session back that has expired, locks of others notwithstanding.
  public static let reviveExpired = LocksDefects(rawValue: 1 << 4)

  /// Whoever asks for it releases the lock: no comparison of session and token.
  public static let releaseNotOwner = LocksDefects(rawValue: 1 << 5)

  /// A token is given out again when its holder's session expired without a release.
  public static let reissuedToken = LocksDefects(rawValue: 1 << 6)

  /// An expiry that was decided before a keep-alive is carried out after it.
  public static let expiryRace = LocksDefects(rawValue: 1 << 7)

  /// A watch that is resumed begins at the present instead of behind what was seen last.
  public static let watchFromPresent = LocksDefects(rawValue: 1 << 8)

  /// A new leader counts the rest of the old leader's deadlines from zero: sessions end early.
  public static let shortTimeAfterElection = LocksDefects(rawValue: 1 << 9)

  /// A new leader measures only sessions that are kept alive after its election.
  ///
  /// Whoever died before it holds its locks for ever.
  public static let forgetsInherited = LocksDefects(rawValue: 1 << 10)

  /// A watch of entries begins at the present and not behind what was read.
  ///
  /// The gap between list and watch that revisions are there to close.
  public static let readThenWatch = LocksDefects(rawValue: 1 << 11)

  /// Every defect with the name that scenarios use, in the order of introduction.
  public static let catalogue: [(slug: String, defect: LocksDefects)] = [
    ("lock-grant-after-lease-expired", .grantAfterExpiry),
    ("lease-expiry-from-reply", .expiryFromReply),
    ("lease-wall-clock", .wallClock),
    ("lease-check-then-act", .checkThenAct),
    ("lease-revive-expired", .reviveExpired),
    ("lock-release-not-owner", .releaseNotOwner),
    ("fence-gte-reissued-token", .reissuedToken),
    ("session-expiry-race", .expiryRace),
    ("watch-missed-on-reconnect", .watchFromPresent),
    ("lease-short-after-election", .shortTimeAfterElection),
    ("session-forgotten-at-election", .forgetsInherited),
    ("config-read-then-watch", .readThenWatch),
  ]
}

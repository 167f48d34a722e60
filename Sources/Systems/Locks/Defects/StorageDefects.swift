public import ProtocolKit

/// Known bugs of storages that should be fenced, as switches.
public struct StorageDefects: DefectSet {
  /// One bit for each defect.
  public let rawValue: UInt32

  /// Creates a set of defects.
  public init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// The storage ignores tokens.
  ///
  /// Kleppmann, *How to do distributed locking*, 2016; etcd issue 10811.
  public static let noFencing = StorageDefects(rawValue: 1 << 0)

  /// The highest token is kept in memory only, so that a restart lets an older one in.
  public static let tokenNotPersisted = StorageDefects(rawValue: 1 << 1)

  /// The token is checked when a write arrives, and the write happens when the disk is ready.
  public static let checkNotAtomic = StorageDefects(rawValue: 1 << 2)

  /// Reads do not show their token, so that a value read earlier may still be written over.
  ///
  /// Checking writes alone orders writes; it does not make read, modify and write one step.
  public static let ignoresReads = StorageDefects(rawValue: 1 << 3)

  /// Every defect with the name that scenarios use, in the order of introduction.
  public static let catalogue: [(slug: String, defect: StorageDefects)] = [
    ("lock-no-fencing", .noFencing),
    ("fence-token-not-persisted", .tokenNotPersisted),
    ("fence-check-not-atomic", .checkNotAtomic),
    ("fence-ignores-reads", .ignoresReads),
  ]
}

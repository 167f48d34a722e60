/// What lies under the journals of a world.
public enum DiskModel: Hashable, Sendable {
  /// Whole records: a power loss takes exactly the unsynced ones, and nothing else goes wrong.
  case records
  /// Bytes in sectors behind a page cache: everything that goes wrong with disks can go wrong.
  case sectors(count: Int, size: Int)

  /// Whether bytes are simulated.
  public var hasSectors: Bool { self != .records }
}

/// What a page cache does with pages that it failed to write.
public enum PageCache: String, Hashable, Sendable, CaseIterable {
  /// It takes them for written: later syncs succeed without them, reads show them until the power
  /// fails, and they never reach the disk (ext4, XFS, Btrfs to Rebello and others, 2020).
  case dropped
  /// It keeps them to try again at the next sync.
  case kept
}

/// What can be wrong with a node's disk.
enum DiskDisturbance: Hashable, Sendable {
  /// Syncs take this many times as long; of several factors the largest counts.
  case slow(factor: Int64)
  /// No sync ends.
  case stalled
  /// No sector can be written that was never written before.
  case full
  /// Every sync fails.
  case syncError(PageCache)
  /// A loss of power stops the disk in the middle of a sector.
  case torn
  /// The next sector written lands elsewhere; the number says which, and where.
  case misdirected(place: UInt64)
  /// One bit of what is on the disk is turned over; the number says which.
  case rot(place: UInt64)
  /// One sector becomes unreadable; the number says which.
  case unreadable(place: UInt64)
}

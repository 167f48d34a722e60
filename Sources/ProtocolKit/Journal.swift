/// A place in a node's journal: the number of records written up to and including one record.
public struct JournalPosition: Hashable, Comparable, Sendable {
  /// The number of records up to here.
  public let count: UInt64

  /// Creates the place behind this many records.
  @inline(__always)
  public init(_ count: UInt64) {
    self.count = count
  }

  /// The place before the first record.
  public static let start = JournalPosition(0)

  /// Whether one place comes before another.
  @inline(__always)
  public static func < (left: JournalPosition, right: JournalPosition) -> Bool {
    left.count < right.count
  }
}

/// What a machine asks of its journal, in the order of asking.
public enum JournalRequest: Sendable {
  /// Write a record behind the last one; it survives a crash of the process, not a loss of power.
  case append([UInt8])
  /// Make everything written so far survive a loss of power; `journalSynced` answers.
  case sync
  /// Forget every record behind a position.
  case truncate(JournalPosition)
  /// Forget every record up to a position; positions of later records stay as they are.
  case compact(JournalPosition)
}

/// What a restarted machine finds in its journal.
public struct Recovery: Sendable {
  /// A record as it was written, and its place.
  public struct Record: Sendable {
    /// The place of the record.
    public let position: JournalPosition
    /// The bytes of the record.
    public let bytes: [UInt8]

    /// Creates a record at its place.
    public init(position: JournalPosition, bytes: [UInt8]) {
      self.position = position
      self.bytes = bytes
    }
  }

  /// The records that survived, oldest first.
  ///
  /// After a crash without loss of power some may not be on the disk yet: a machine that promises
  /// anything on their strength must sync first.
  public let records: [Record]

  /// How often this node was started before.
  public let incarnation: Int

  /// Which release of the protocol starts; releases are numbered from one.
  ///
  /// Nodes of different releases share a cluster, and a release finds the records of others.
  public let version: Int

  /// Creates what a start finds.
  public init(records: [Record], incarnation: Int, version: Int = 1) {
    self.records = records
    self.incarnation = incarnation
    self.version = version
  }

  /// What the very first start finds.
  public static let firstStart = Recovery(records: [], incarnation: 0)
}

/// Why a machine refuses to start from its journal.
public struct RecoveryFailure: Error, Hashable, Sendable {
  /// The record that could not be used.
  public let position: JournalPosition
  /// What was wrong with it.
  public let reason: String

  /// Creates a failure at a record.
  public init(position: JournalPosition, reason: String) {
    self.position = position
    self.reason = reason
  }
}

/// Why a journal cannot promise that what was written survives.
public enum JournalFailure: String, Error, Hashable, Sendable, CaseIterable {
  /// The disk reported an error; what it holds of the unsynced records is unknown.
  case syncFailed = "the disk could not write everything"
  /// The disk has no room left for the unsynced records.
  case full = "the disk is full"
  /// A sector had to be read to be written to, and could not be.
  case unreadable = "the disk could not read a sector"
}

/// What a machine does after its journal failed.
public enum JournalFailureResponse: Hashable, Sendable {
  /// The process stops at once, and nothing it asked for meanwhile happens.
  case stop
  /// The process runs on.
  case carryOn
}

import Determinism
import ProtocolKit

/// A node's journal: records in order, of which only a prefix is certain to survive a power loss.
struct VirtualJournal: Sendable {
  private var records: ChunkedLog<[UInt8]> = []
  /// How many records at the front were forgotten by compaction.
  private var compacted: UInt64 = 0

  /// The place behind the last record that a power loss would spare.
  private(set) var synced = JournalPosition.start
  /// What the sync under way will make durable, if one is under way.
  private(set) var syncUnderWay: JournalPosition?
  /// Whether another sync was asked for while one was under way.
  private(set) var isSyncWanted = false
  /// How many syncs were begun.
  private(set) var syncCount: UInt64 = 0

  /// The place behind the last record written.
  var end: JournalPosition { JournalPosition(compacted + UInt64(records.count)) }

  /// Writes a record behind the last one.
  mutating func append(_ record: [UInt8]) {
    records.append(record)
  }

  /// Begins a sync, or remembers that one is wanted; returns whether one began.
  ///
  /// One sync is under way at a time, and the next covers all that was asked for meanwhile, as
  /// group commit does.
  mutating func beginSync() -> Bool {
    guard syncUnderWay == nil else {
      isSyncWanted = true
      return false
    }
    syncUnderWay = end
    syncCount += 1
    return true
  }

  /// Ends the sync under way and returns what it made durable.
  mutating func finishSync() -> JournalPosition {
    synced = max(synced, min(syncUnderWay ?? synced, end))
    syncUnderWay = nil
    return synced
  }

  /// Takes note that a sync was wanted, and forgets it.
  mutating func takeSyncWanted() -> Bool {
    defer { isSyncWanted = false }
    return isSyncWanted
  }

  /// Forgets every record behind a position.
  mutating func truncate(after position: JournalPosition) {
    guard position < end else { return }
    records.truncate(to: Int(max(position.count, compacted) - compacted))
    synced = min(synced, end)
    // Records that take the place of truncated ones are not part of the sync under way.
    syncUnderWay = syncUnderWay.map { min($0, end) }
  }

  /// Forgets every record up to a position; O(records kept).
  mutating func compact(through position: JournalPosition) {
    guard position.count > compacted else { return }
    let dropped = Int(min(position, end).count - compacted)
    records = records.dropFirst(dropped).reduce(into: []) { $0.append($1) }
    compacted += UInt64(dropped)
  }

  /// The process dies; what it wrote stays, but no sync will report back.
  mutating func crash() {
    syncUnderWay = nil
    isSyncWanted = false
  }

  /// The power fails; returns how many records are lost with it.
  mutating func losePower() -> Int {
    crash()
    let written = records.count
    truncate(after: synced)
    return written - records.count
  }

  /// The disk is replaced by an empty one.
  mutating func wipe() {
    crash()
    records = []
    compacted = 0
    synced = .start
  }

  /// What a restarted machine finds.
  func recovery(incarnation: Int, version: Int = 1) -> Recovery {
    let found = records.enumerated().map { offset, bytes in
      Recovery.Record(
        position: JournalPosition(compacted + UInt64(offset) + 1), bytes: bytes)
    }
    return Recovery(records: found, incarnation: incarnation, version: version)
  }
}

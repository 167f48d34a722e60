import Determinism
import ProtocolKit

/// A node's journal: records in order, of which only a prefix is certain to survive a power loss.
///
/// On a disk of sectors the bytes there decide what a restart finds; otherwise the records do.
struct VirtualJournal: Sendable {
  /// The bytes below the records, or nothing: an array, so that nodes without pay one word.
  private var layers: [SectoredJournal] = []
  /// What went wrong first with a sync, until someone takes note.
  private var failure: JournalFailure?
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

  /// Creates an empty journal.
  init(on disk: DiskModel = .records) {
    if case .sectors(let count, let size) = disk {
      layers = [SectoredJournal(sectorCount: count, sectorSize: size)]
    }
  }

  /// Whether bytes are simulated below the records.
  var hasSectors: Bool { !layers.isEmpty }

  /// The bytes below the records, if they are simulated.
  var sectors: SectoredJournal? {
    get { layers.first }
    _modify {
      var layer = layers.popLast()
      yield &layer
      if let layer { layers.append(layer) }
    }
  }

  /// The place behind the last record written.
  var end: JournalPosition { JournalPosition(compacted + UInt64(records.count)) }

  /// Writes a record behind the last one.
  mutating func append(_ record: [UInt8]) {
    records.append(record)
    if hasSectors { sectors?.append(record) }
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

  /// Ends the sync under way and returns what is durable now; `takeFailure` tells if it failed.
  mutating func finishSync() -> JournalPosition {
    let covered = max(synced, min(syncUnderWay ?? synced, end))
    syncUnderWay = nil
    let newFailure = sectors?.sync(through: covered)
    if newFailure == nil { synced = covered }
    // A failure of which nobody has taken note yet is not made good by a later success.
    failure = failure ?? newFailure
    return synced
  }

  /// Takes note of what went wrong with a sync, and forgets it.
  mutating func takeFailure() -> JournalFailure? {
    guard failure != nil else { return nil }
    defer { failure = nil }
    return failure
  }

  /// Takes note that a sync was wanted, and forgets it.
  mutating func takeSyncWanted() -> Bool {
    defer { isSyncWanted = false }
    return isSyncWanted
  }

  /// Forgets every record behind a position.
  mutating func truncate(after position: JournalPosition) {
    guard position < end else { return }
    if hasSectors { sectors?.truncate(after: position) }
    records.truncate(to: Int(max(position.count, compacted) - compacted))
    synced = min(synced, end)
    // Records that take the place of truncated ones are not part of the sync under way.
    syncUnderWay = syncUnderWay.map { min($0, end) }
  }

  /// Forgets every record up to a position; O(records kept).
  mutating func compact(through position: JournalPosition) {
    guard position.count > compacted else { return }
    sectors?.compact(through: position)
    let dropped = Int(min(position, end).count - compacted)
    records = records.dropFirst(dropped).reduce(into: []) { $0.append($1) }
    compacted += UInt64(dropped)
  }

  /// The process dies; what it wrote stays, but no sync will report back.
  mutating func crash() {
    sectors?.crash()
    forgetSyncs()
  }

  private mutating func forgetSyncs() {
    syncUnderWay = nil
    isSyncWanted = false
    failure = nil
  }

  /// The power fails over whole records; returns how many are lost with it.
  mutating func losePower() -> Int {
    forgetSyncs()
    let written = records.count
    truncate(after: synced)
    return written - records.count
  }

  /// The disk is replaced by an empty one.
  mutating func wipe() {
    forgetSyncs()
    sectors = sectors?.emptied
    records = []
    compacted = 0
    synced = .start
  }

  /// The power fails over a disk of sectors; only the recovery can tell which records are lost.
  mutating func losePower(_ draw: Draw, tears: Bool) {
    let syncing = syncUnderWay
    sectors?.losePower(syncing: syncing, draw, tears: tears)
    forgetSyncs()
  }

  /// What a restarted machine finds, and how many records it does not find any more.
  mutating func recovery(
    incarnation: Int, version: Int = 1
  ) throws(RecoveryFailure) -> (Recovery, lost: Int) {
    guard let found = try sectors?.recover() else {
      let found = records.enumerated().map { offset, bytes in
        Recovery.Record(
          position: JournalPosition(compacted + UInt64(offset) + 1), bytes: bytes)
      }
      return (Recovery(records: found, incarnation: incarnation, version: version), 0)
    }
    let written = end
    // A compaction that was not synced may be undone.
    compacted = sectors?.begin.position.count ?? compacted
    records = found.reduce(into: []) { $0.append($1.bytes) }
    synced = min(synced, end)
    let lost = Int(written.count - min(end, written).count)
    return (Recovery(records: found, incarnation: incarnation, version: version), lost)
  }
}

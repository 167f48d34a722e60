import Determinism
import ProtocolKit

/// A journal in the bytes of a disk, in the format of `JournalFormat`.
///
/// A truncation or compaction that was not synced may be undone by a power loss. Compaction moves
/// the place where the journal begins; the space before it is not used again.
struct SectoredJournal: Sendable {
  /// What happened to sectors, for the evidence.
  struct Hits: Hashable, Sendable {
    /// Sectors whose last content was lost with the power.
    var lost = 0
    /// Sectors torn by a loss of power.
    var torn = 0
    /// Sectors written to the wrong place.
    var misdirected = 0
  }

  /// The disk below.
  private(set) var disk: SectoredDisk
  /// Where the journal begins; later than the start after a compaction.
  private(set) var begin: JournalPlace
  private var places: ChunkedLog<JournalPlace> = []
  private var durable = JournalPosition.start
  private var hits = Hits()

  /// Creates an empty journal on an empty disk.
  init(sectorCount: Int, sectorSize: Int) {
    disk = SectoredDisk(sectorCount: sectorCount, sectorSize: sectorSize)
    begin = .start(blockSize: sectorSize)
  }

  /// An empty journal on an empty disk of the same size.
  var emptied: SectoredJournal {
    SectoredJournal(sectorCount: disk.sectorCount, sectorSize: disk.sectorSize)
  }

  private var end: JournalPlace { places.last ?? begin }

  private func place(behind position: JournalPosition) -> JournalPlace {
    let count = Int(position.count) - Int(begin.position.count)
    return count <= 0 ? begin : places[min(count, places.count) - 1]
  }

  /// Writes a record into the page cache.
  mutating func append(_ record: [UInt8]) {
    let (bytes, next) = end.frame(record)
    disk.write(bytes[...], at: end.offset)
    places.append(next)
  }

  /// Makes every record behind a position zero bytes, in the page cache.
  mutating func truncate(after position: JournalPosition) {
    let newEnd = place(behind: position)
    guard newEnd.offset < end.offset else { return }
    if newEnd.position < durable {
      // The mark must not promise what is about to go, whatever a power loss spares of both.
      durable = newEnd.position
      for sector in markSectors { disk.writeThrough(mark.bytes, toSector: sector) }
    }
    let zeros: [UInt8] = Array(repeating: 0, count: end.offset - newEnd.offset)
    disk.write(zeros[...], at: newEnd.offset)
    places.truncate(to: Int(newEnd.position.count - begin.position.count))
  }

  /// Lets the journal begin behind a position from the next sync on.
  mutating func compact(through position: JournalPosition) {
    let newBegin = place(behind: position)
    guard begin.position < newBegin.position else { return }
    let dropped = Int(newBegin.position.count - begin.position.count)
    places = places.dropFirst(dropped).reduce(into: []) { $0.append($1) }
    begin = newBegin
  }

  private var mark: JournalMark { JournalMark(begin: begin, durable: durable) }
  private var markSectors: Range<Int> { 0..<2 }

  private mutating func writeMarks() {
    let bytes = mark.bytes
    for sector in markSectors { disk.write(bytes[...], at: sector * disk.sectorSize) }
  }

  /// Flushes the records, then the mark that says so; returns what went wrong.
  mutating func sync(through position: JournalPosition) -> JournalFailure? {
    if let failure = flush() { return failure }
    durable = max(durable, position)
    writeMarks()
    return flush()
  }

  private mutating func flush() -> JournalFailure? {
    let result = disk.flush()
    if result.wentAmiss { hits.misdirected += 1 }
    return result.failure
  }

  /// What happened since this was last asked.
  mutating func takeHits() -> Hits {
    defer { hits = Hits() }
    return hits
  }

  /// The process dies; the page cache lives on.
  mutating func crash() {
    disk.crash()
  }

  /// The power fails, during a sync up to a position if one is under way.
  mutating func losePower(
    syncing position: JournalPosition?, _ draw: Draw, tears: Bool
  ) {
    // A sync flushes twice; one that dies in the second flush has its records, and any of its marks.
    if let position, draw.purpose(1).happens(Ratio(1, in: 4)), flush() == nil {
      durable = max(durable, position)
      writeMarks()
    }
    let loss = disk.losePower(draw.purpose(2), tears: tears)
    hits.lost += loss.lost
    hits.torn += loss.isTorn ? 1 : 0
  }

  /// Reads the journal back, cuts off a torn tail, and writes again what may be in the cache only.
  ///
  /// A page cache that failed a flush may show records that will never reach the disk. Whatever
  /// lies behind the mark is therefore made dirty again before anyone relies on it.
  mutating func recover() throws(RecoveryFailure) -> [Recovery.Record] {
    let (bytes, unreadable) = disk.read()
    let scan = try JournalScanner(bytes, blockSize: disk.sectorSize, unreadable: unreadable)
    begin = scan.mark.begin
    durable = scan.mark.durable
    places = scan.places.reduce(into: []) { $0.append($1) }
    disk.erase(from: end.offset)
    let certain = place(behind: durable).offset
    disk.write(bytes[min(certain, bytes.count)..<min(end.offset, bytes.count)], at: certain)
    return scan.records
  }
}

/// What disturbances do to the disk below.
extension SectoredJournal {
  /// Begins or ends a disturbance that lasts; the last one told counts.
  mutating func set(_ disturbance: DiskDisturbance, isOn: Bool) {
    switch disturbance {
    case .full: disk.isFull = isOn
    case .syncError(let cache): disk.failing = isOn ? cache : nil
    case .misdirected(let place): disk.misdirection = isOn ? place : nil
    case .slow, .stalled, .torn, .rot, .unreadable: break
    }
  }

  /// Ends every disturbance.
  mutating func heal() {
    disk.isFull = false
    disk.failing = nil
    disk.misdirection = nil
  }

  /// Damages what is on the disk; returns whether there was anything to damage.
  mutating func damage(_ disturbance: DiskDisturbance) -> Bool {
    switch disturbance {
    case .rot(let place): disk.flipBit(place)
    case .unreadable(let place): disk.loseSector(place)
    case .slow, .stalled, .full, .syncError, .torn, .misdirected: false
    }
  }
}

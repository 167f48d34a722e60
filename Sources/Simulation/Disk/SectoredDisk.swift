import Determinism
import ProtocolKit

/// A disk of sectors under a page cache: only what was flushed is certain to survive a power loss.
///
/// Sectors never written read as zero bytes. A sector is written whole or not at all unless a
/// power loss tears it. Copies share their sectors until one of them writes.
struct SectoredDisk: Sendable {
  /// The bytes of a sector.
  let sectorSize: Int
  /// The number of sectors.
  let sectorCount: Int

  /// A sector in the page cache whose content is not on the disk.
  private struct CachedSector: Sendable {
    let number: Int
    var bytes: [UInt8]
    /// Whether a flush will write it; false if an earlier one failed and the cache gave up.
    var isDirty = true
  }

  /// What is on the disk; an empty sector stands for one that was never written.
  private var sectors: ChunkedLog<[UInt8]> = []
  /// What is in the page cache only, in the order of sectors.
  private var cache: [CachedSector] = []
  /// The sectors that cannot be read, in order.
  private var unreadable: [Int] = []
  /// Whether a sector had to be read to be changed, and could not be.
  private var hasReadFailed = false

  /// Whether sectors never written before are out of reach.
  var isFull = false
  /// What flushes do to the cache while all of them fail.
  var failing: PageCache?
  /// Where the next flush writes one sector amiss, if it does.
  var misdirection: UInt64?

  /// Creates a disk of zero bytes.
  init(sectorCount: Int, sectorSize: Int) {
    self.sectorCount = sectorCount
    self.sectorSize = sectorSize
  }

  /// The number of sectors up to the last one written.
  var extent: Int { sectors.count }

  /// Whether a flush would write something.
  var isDirty: Bool { cache.contains { $0.isDirty } }

  /// Writes bytes into the page cache.
  mutating func write(_ bytes: ArraySlice<UInt8>, at offset: Int) {
    var rest = bytes
    var number = offset / sectorSize
    var begin = offset % sectorSize
    while !rest.isEmpty {
      let part = rest.prefix(sectorSize - begin)
      if let place = placeInCache(of: number, isOverwritten: part.count == sectorSize) {
        cache[place].isDirty = true
        cache[place].bytes.replaceSubrange(begin..<begin + part.count, with: part)
      }
      rest = rest.dropFirst(part.count)
      (number, begin) = (number + 1, 0)
    }
  }

  /// Where a sector is in the cache; it is brought there first unless it is there, or unreadable.
  private mutating func placeInCache(of number: Int, isOverwritten: Bool) -> Int? {
    var place = cache.count
    while place > 0, cache[place - 1].number > number { place -= 1 }
    if place > 0, cache[place - 1].number == number { return place - 1 }
    guard isOverwritten || !unreadable.contains(number) else {
      hasReadFailed = true
      return nil
    }
    cache.insert(CachedSector(number: number, bytes: stored(number)), at: place)
    return place
  }

  private func stored(_ number: Int) -> [UInt8] {
    let bytes = number < sectors.count ? sectors[number] : []
    return bytes.isEmpty ? Array(repeating: 0, count: sectorSize) : bytes
  }

  private mutating func store(_ bytes: [UInt8], at number: Int) {
    while sectors.count <= number { sectors.append([]) }
    sectors[number] = bytes
    unreadable.removeAll { $0 == number }
  }

  /// Brings what is dirty onto the disk; returns what went wrong, and whether a write went amiss.
  mutating func flush() -> (failure: JournalFailure?, wentAmiss: Bool) {
    if hasReadFailed { return (.unreadable, false) }
    if let failing {
      if failing == .dropped { for place in cache.indices { cache[place].isDirty = false } }
      return (.syncFailed, false)
    }
    let limit = isFull ? sectors.count : sectorCount
    let (fits, others) = (
      cache.filter { $0.isDirty && $0.number < limit },
      cache.filter { !$0.isDirty || $0.number >= limit }
    )
    let wentAmiss = write(fits)
    cache = others
    return (others.contains { $0.isDirty } ? .full : nil, wentAmiss)
  }

  /// Writes sectors to the disk, one of them to the wrong place if that is due.
  private mutating func write(_ fits: [CachedSector]) -> Bool {
    guard let misdirection, !fits.isEmpty, sectors.count > 1 else {
      for sector in fits { store(sector.bytes, at: sector.number) }
      return false
    }
    self.misdirection = nil
    let count = UInt64(fits.count)
    let victim = Int(misdirection % count)
    for (place, sector) in fits.enumerated() where place != victim {
      store(sector.bytes, at: sector.number)
    }
    let distance = 1 + Int(misdirection / count % UInt64(sectors.count - 1))
    store(fits[victim].bytes, at: (fits[victim].number + distance) % sectors.count)
    return true
  }

  /// The process dies; what found no room on the disk goes with it.
  mutating func crash() {
    let limit = isFull ? sectors.count : sectorCount
    cache.removeAll { $0.number >= limit }
    hasReadFailed = false
  }

  /// The power fails: of the dirty sectors any subset has reached the disk, drawn by key.
  ///
  /// With `tears`, one of them has reached it with its front only. Returns how many were lost, and
  /// whether one was torn.
  mutating func losePower(_ draw: Draw, tears: Bool) -> (lost: Int, isTorn: Bool) {
    crash()
    let dirty = cache.filter(\.isDirty)
    let torn = tears && !dirty.isEmpty ? Int(draw.purpose(1).below(UInt64(dirty.count))) : nil
    // From none to all, so that losing a single sector and sparing a single one are both common.
    let quarters = draw.purpose(2).below(5)
    var lost = cache.count - dirty.count
    for (place, sector) in dirty.enumerated() {
      if place == torn {
        let cut = 1 + Int(draw.purpose(3).below(UInt64(sectorSize - 1)))
        store(
          Array(sector.bytes[..<cut]) + stored(sector.number)[cut...], at: sector.number)
      } else if draw.purpose(4).purpose(UInt64(sector.number)).below(4) < quarters {
        store(sector.bytes, at: sector.number)
      } else {
        lost += 1
      }
    }
    cache.removeAll()
    return (lost, torn != nil)
  }

  /// Reads everything up to the last sector written, through the cache.
  func read() -> (bytes: [UInt8], unreadable: [Range<Int>]) {
    let count = max(sectors.count, cache.last.map { $0.number + 1 } ?? 0)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count * sectorSize)
    var cached = cache[...]
    var gaps: [Range<Int>] = []
    for number in 0..<count {
      if cached.first?.number == number, let sector = cached.popFirst() {
        bytes += sector.bytes
      } else {
        if unreadable.contains(number) { gaps.append(bytes.count..<bytes.count + sectorSize) }
        bytes += stored(number)
      }
    }
    return (bytes, gaps)
  }

  /// Makes everything from an offset on zero, on the disk and in the cache, past all other writes.
  mutating func erase(from offset: Int) {
    let first = offset / sectorSize
    cache.removeAll { $0.number > first }
    for number in first..<max(first, sectors.count)
    where unreadable.contains(number) || sectors[number].contains(where: { $0 != 0 }) {
      let kept = stored(number).prefix(max(0, offset - number * sectorSize))
      store(kept + Array(repeating: 0, count: sectorSize - kept.count), at: number)
    }
    if let place = cache.firstIndex(where: { $0.number == first }) {
      let kept = cache[place].bytes.prefix(offset % sectorSize)
      cache[place].bytes = kept + Array(repeating: 0, count: sectorSize - kept.count)
    }
  }

  /// Writes bytes onto the disk at once, past the cache, for what must not wait for a flush.
  mutating func writeThrough(_ bytes: [UInt8], toSector number: Int) {
    cache.removeAll { $0.number == number }
    store(bytes + Array(repeating: 0, count: sectorSize - bytes.count), at: number)
  }

  /// Turns over one bit of what is on the disk; returns whether there is one.
  mutating func flipBit(_ place: UInt64) -> Bool {
    guard extent > 0 else { return false }
    let bit = Int(place % UInt64(extent * sectorSize * 8))
    let number = bit / (sectorSize * 8)
    var bytes = stored(number)
    bytes[bit / 8 % sectorSize] ^= 1 << UInt8(bit % 8)
    sectors[number] = bytes
    return true
  }

  /// Makes one sector that was written unreadable, until it is written again.
  mutating func loseSector(_ place: UInt64) -> Bool {
    guard extent > 0 else { return false }
    let number = Int(place % UInt64(extent))
    guard !unreadable.contains(number) else { return false }
    unreadable.append(number)
    unreadable.sort()
    return true
  }
}

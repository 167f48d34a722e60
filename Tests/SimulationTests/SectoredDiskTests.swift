import Determinism
import ProtocolKit
import TestKit
import Testing

@testable import Simulation

/// A disk of sectors does what a plain model of one does, fault by fault.
struct SectoredDiskTests {
  private static let size = 8

  /// The same disk, said as simply as possible.
  private struct PlainDisk {
    var durable: [UInt8] = []
    var cached: [UInt8] = []

    mutating func write(_ bytes: [UInt8], at offset: Int) {
      while cached.count < offset + bytes.count { cached.append(0) }
      cached.replaceSubrange(offset..<offset + bytes.count, with: bytes)
    }
  }

  private func draw(_ seed: UInt64) -> Draw { Randomness(seed: seed).draw(.powerLoss) }

  private func padded(_ bytes: [UInt8], to count: Int) -> [UInt8] {
    bytes + Array(repeating: 0, count: max(0, count - bytes.count))
  }

  private func sector(_ number: Int, of bytes: [UInt8]) -> [UInt8] {
    padded(Array(bytes.dropFirst(number * Self.size).prefix(Self.size)), to: Self.size)
  }

  private func disk(holding bytes: [UInt8], sectors: Int = 64) -> SectoredDisk {
    var disk = SectoredDisk(sectorCount: sectors, sectorSize: Self.size)
    disk.write(bytes[...], at: 0)
    _ = disk.flush()
    return disk
  }

  private func expect(
    _ result: (failure: JournalFailure?, wentAmiss: Bool), _ expected: (JournalFailure?, Bool),
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(
      result.failure == expected.0 && result.wentAmiss == expected.1,
      sourceLocation: sourceLocation)
  }

  @Test(arguments: UInt64(0)..<80)
  func `a power loss keeps each sector as it was flushed or as it was last written`(
    seed: UInt64
  ) {
    var dice = Dice(seed: seed)
    var disk = SectoredDisk(sectorCount: 64, sectorSize: Self.size)
    var plain = PlainDisk()
    for step in 0..<200 {
      switch dice.below(12) {
      case 0:
        expect(disk.flush(), (nil, false))
        plain.durable = plain.cached
      case 1:
        _ = disk.losePower(draw(dice.next()), tears: false)
        let found = disk.read().bytes
        for number in 0..<64 {
          let candidates = [plain.durable, plain.cached].map { sector(number, of: $0) }
          #expect(candidates.contains(sector(number, of: found)), "seed \(seed), step \(step)")
        }
        plain = PlainDisk(durable: found, cached: found)
      case 2: disk.crash()
      default:
        let bytes = (0..<1 + dice.below(20)).map { _ in UInt8(truncatingIfNeeded: dice.next()) }
        let offset = dice.below(200)
        disk.write(bytes[...], at: offset)
        plain.write(bytes, at: offset)
      }
      let count = plain.cached.count
      #expect(Array(disk.read().bytes.prefix(count)) == plain.cached, "seed \(seed), step \(step)")
    }
  }

  @Test func `every subset of unsynced sectors can be lost`() {
    var subsets: Set<[Bool]> = []
    for seed in UInt64(0)..<400 {
      var disk = disk(holding: Array(repeating: 1, count: 40))
      disk.write(Array(repeating: 2, count: 24)[...], at: 8)
      let (lost, _) = disk.losePower(draw(seed), tears: false)
      let found = disk.read().bytes
      #expect(found.prefix(8).allSatisfy { $0 == 1 } && found.suffix(8).allSatisfy { $0 == 1 })
      let subset = (1...3).map { found[$0 * 8] == 2 }
      #expect(lost == subset.count { !$0 }, "seed \(seed)")
      subsets.insert(subset)
    }
    #expect(subsets.count == 8)
  }

  @Test func `a torn sector has a new front and an old rest, and the synced ones stay`() {
    var cuts: Set<Int> = []
    for seed in UInt64(0)..<200 {
      var disk = disk(holding: Array(repeating: 1, count: 24))
      disk.write(Array(repeating: 2, count: 8)[...], at: 8)
      let loss = disk.losePower(draw(seed), tears: true)
      #expect(loss.lost == 0 && loss.isTorn)
      let found = disk.read().bytes
      let new = found[8..<16].prefix { $0 == 2 }.count
      let expected = (0..<24).map { (8..<8 + new).contains($0) ? UInt8(2) : 1 }
      #expect(found == expected, "seed \(seed)")
      cuts.insert(new)
    }
    #expect(cuts == Set(1...7))
  }

  @Test func `a cache that drops what it could not write shows it until the power fails`() {
    var disk = disk(holding: Array(repeating: 1, count: 16))
    disk.failing = .dropped
    disk.write([2], at: 0)
    expect(disk.flush(), (.syncFailed, false))
    disk.failing = nil
    expect(disk.flush(), (nil, false))
    #expect(disk.read().bytes.first == 2)
    let lost = disk.losePower(draw(1), tears: false).lost
    #expect(lost == 1)
    #expect(disk.read().bytes.first == 1)
  }

  @Test func `a cache that keeps what it could not write writes it the next time`() {
    var disk = disk(holding: Array(repeating: 1, count: 16))
    disk.failing = .kept
    disk.write([2], at: 0)
    expect(disk.flush(), (.syncFailed, false))
    disk.failing = nil
    expect(disk.flush(), (nil, false))
    let lost = disk.losePower(draw(1), tears: false).lost
    #expect(lost == 0)
    #expect(disk.read().bytes.first == 2)
  }

  @Test func `a full disk takes what fits and says that something did not`() {
    var disk = disk(holding: Array(repeating: 1, count: 16))
    disk.isFull = true
    disk.write(Array(repeating: 2, count: 8)[...], at: 12)
    expect(disk.flush(), (.full, false))
    disk.crash()
    #expect(disk.read().bytes == (0..<16).map { $0 < 12 ? 1 : 2 })
    var small = SectoredDisk(sectorCount: 2, sectorSize: Self.size)
    small.write(Array(repeating: 1, count: 17)[...], at: 0)
    expect(small.flush(), (.full, false))
  }

  @Test func `rot turns exactly one bit over, whichever the number says`() {
    var flipped: Set<Int> = []
    for place in UInt64(0)..<256 {
      var disk = disk(holding: Array(0..<16))
      let isHit = disk.flipBit(place)
      #expect(isHit)
      let found = disk.read().bytes
      let changed = (0..<128).filter { bit in
        (found[bit / 8] ^ UInt8(bit / 8)) >> UInt8(bit % 8) & 1 == 1
      }
      #expect(changed.count == 1)
      flipped.formUnion(changed)
    }
    #expect(flipped.count == 128)
  }

  @Test func `a lost sector can be written whole, not changed in part`() {
    var disk = disk(holding: Array(repeating: 1, count: 24))
    let isHit = disk.loseSector(1)
    #expect(isHit)
    #expect(disk.read().unreadable == [8..<16])
    disk.write([2], at: 9)
    expect(disk.flush(), (.unreadable, false))
    disk.crash()
    disk.write(Array(repeating: 3, count: 8)[...], at: 8)
    expect(disk.flush(), (nil, false))
    #expect(disk.read().unreadable.isEmpty)
    #expect(disk.read().bytes[8] == 3)
  }

  @Test(arguments: UInt64(0)..<40)
  func `a misdirected sector overwrites another one, and its own place stays`(place: UInt64) {
    let old = Array(UInt8(0)..<40)
    var disk = disk(holding: old)
    disk.misdirection = place
    disk.write(Array(repeating: 99, count: 16)[...], at: 8)
    expect(disk.flush(), (nil, true))
    let found = disk.read().bytes
    let new = (0..<5).filter { sector($0, of: found) == Array(repeating: 99, count: 8) }
    let same = (0..<5).filter { sector($0, of: found) == sector($0, of: old) }
    #expect(new.count + same.count == 5 && (1...2).contains(new.count))
    #expect(same.contains(1) || same.contains(2))
    expect(disk.flush(), (nil, false))
  }
}

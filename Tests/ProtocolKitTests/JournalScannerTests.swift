import Determinism
import ProtocolKit
import TestKit
import Testing

/// A journal gives back what it promised, cuts off what it did not, and refuses what was changed.
struct JournalScannerTests {
  /// A journal in bytes, some of whose records are durable.
  private struct Sample {
    static let blockSize = 64
    var bytes: [UInt8]
    var records: [[UInt8]] = []
    var ends: [Int] = []
    let durable: Int

    init(records count: Int, durable: Int, seed: UInt64 = 1) {
      var dice = Dice(seed: seed)
      self.durable = durable
      var place = JournalPlace.start(blockSize: Self.blockSize)
      let mark = JournalMark(begin: place, durable: JournalPosition(UInt64(durable)))
      let block = mark.bytes + Array(repeating: 0, count: Self.blockSize - mark.bytes.count)
      bytes = block + block
      for _ in 0..<count {
        let record = (0..<dice.below(40)).map { _ in UInt8(truncatingIfNeeded: dice.next()) }
        let (frame, end) = place.frame(record)
        bytes += frame
        records.append(record)
        ends.append(bytes.count)
        place = end
      }
    }

    /// What a scan must give when the byte at an offset is the first bad one.
    func expectedRecords(firstBad offset: Int) -> Int { ends.prefix { $0 <= offset }.count }

    static func scan(_ bytes: [UInt8]) throws -> JournalScanner {
      try JournalScanner(bytes, blockSize: blockSize)
    }
  }

  @Test(arguments: UInt64(0)..<20)
  func `what was written is read back`(seed: UInt64) throws {
    let sample = Sample(records: 12, durable: 5, seed: seed)
    for padding in [0, 1, 100] {
      let scan = try Sample.scan(sample.bytes + Array(repeating: 0, count: padding))
      #expect(scan.records.map(\.bytes) == sample.records, "seed \(seed)")
      #expect(scan.records.map(\.position.count) == Array(1...12), "seed \(seed)")
      #expect(scan.ending == .clean, "seed \(seed)")
      #expect(scan.end.offset == sample.bytes.count, "seed \(seed)")
    }
  }

  @Test(arguments: 0...8)
  func `cut anywhere, a journal keeps whole durable records or is refused`(durable: Int) {
    let sample = Sample(records: 8, durable: durable)
    for length in JournalFormat.framesBegin(blockSize: Sample.blockSize)..<sample.bytes.count {
      let whole = sample.expectedRecords(firstBad: length)
      let scan = try? Sample.scan(Array(sample.bytes.prefix(length)))
      #expect((scan == nil) == (whole < durable), "cut at \(length)")
      guard let scan else { continue }
      #expect(scan.records.map(\.bytes) == Array(sample.records.prefix(whole)), "cut at \(length)")
      let isBetween = length == (whole == 0 ? 128 : sample.ends[whole - 1])
      #expect((scan.ending == .clean) == isBetween, "cut at \(length)")
    }
  }

  @Test(arguments: 0...8)
  func `a flipped bit costs nothing durable: it is refused, or behind the mark`(durable: Int) {
    let sample = Sample(records: 8, durable: durable)
    for bit in 0..<sample.bytes.count * 8 {
      var bytes = sample.bytes
      bytes[bit / 8] ^= 1 << UInt8(bit % 8)
      let scan = try? Sample.scan(bytes)
      let isMark = bit / 8 < 2 * Sample.blockSize
      let whole = isMark ? 8 : sample.expectedRecords(firstBad: bit / 8)
      #expect((scan == nil) == (whole < durable), "bit \(bit)")
      guard let scan else { continue }
      #expect(scan.records.map(\.bytes) == Array(sample.records.prefix(whole)), "bit \(bit)")
    }
  }

  @Test func `a torn tail is cut off though valid frames stand behind it`() throws {
    let sample = Sample(records: 8, durable: 3)
    var bytes = sample.bytes
    for offset in sample.ends[3]..<sample.ends[4] { bytes[offset] = 0 }
    let scan = try Sample.scan(bytes)
    #expect(scan.records.count == 4)
    #expect(scan.end.offset == sample.ends[3])
  }

  @Test func `a frame of another past is not taken for the next one`() throws {
    let (old, new) = (Sample(records: 8, durable: 0), Sample(records: 8, durable: 0, seed: 2))
    var place = JournalPlace.start(blockSize: Sample.blockSize)
    for record in old.records.prefix(4) { place = place.frame(record).end }
    // The same length as the old fifth record, so the old sixth stands right behind it.
    let replaced = place.frame(old.records[4].map { ~$0 }).bytes
    let bytes = old.bytes.prefix(old.ends[3]) + replaced + old.bytes.dropFirst(old.ends[4])
    #expect(bytes.count == old.bytes.count && old.bytes != new.bytes)
    let scan = try Sample.scan(Array(bytes))
    #expect(scan.records.count == 5)
    #expect(scan.ending == .tornTail(reason: "its checksum does not match"))
  }

  @Test func `one damaged mark is made up for by the other, two are refused`() throws {
    var bytes = Sample(records: 8, durable: 8).bytes
    bytes[10] ^= 1
    #expect(try Sample.scan(bytes).mark.durable == JournalPosition(8))
    bytes[Sample.blockSize + 10] ^= 1
    #expect(throws: RecoveryFailure.self) { try Sample.scan(bytes) }
    #expect(try Sample.scan([]).records.isEmpty)
  }

  @Test func `what cannot be read is treated like what was changed`() {
    let sample = Sample(records: 8, durable: 4)
    for begin in stride(from: 0, to: sample.bytes.count, by: Sample.blockSize) {
      let range = begin..<min(begin + Sample.blockSize, sample.bytes.count)
      let scan = try? JournalScanner(
        sample.bytes, blockSize: Sample.blockSize, unreadable: [range])
      let whole = begin < 128 ? 8 : sample.expectedRecords(firstBad: begin)
      #expect((scan == nil) == (whole < 4), "block at \(begin)")
      #expect((scan?.records.count ?? whole) == whole, "block at \(begin)")
    }
  }
}

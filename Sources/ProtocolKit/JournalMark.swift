import Determinism

/// What a journal is certain of: where its first frame begins, and up to where it is durable.
public struct JournalMark: Hashable, Sendable {
  /// Where the first frame begins; later than the start of the journal after a compaction.
  public let begin: JournalPlace
  /// The last record that was on the disk when the mark was written.
  public let durable: JournalPosition

  /// Creates a mark.
  public init(begin: JournalPlace, durable: JournalPosition) {
    self.begin = begin
    self.durable = durable
  }

  /// The mark as it stands at the front of its block.
  public var bytes: [UInt8] {
    var bytes = JournalFormat.markName
    bytes.append(littleEndian: UInt64(begin.offset))
    bytes.append(littleEndian: begin.position.count)
    bytes.append(littleEndian: durable.count)
    bytes.append(littleEndian: begin.checksum)
    bytes.append(littleEndian: Self.checksum(of: bytes[...]))
    return bytes
  }

  /// Reads a mark from the front of its block; nil if it is damaged.
  init?(_ block: ArraySlice<UInt8>) {
    let content = block.prefix(JournalFormat.markSize - 4)
    let name = JournalFormat.markName
    guard block.count >= JournalFormat.markSize, content.starts(with: name),
      let sum: UInt32 = block.number(at: content.count), sum == Self.checksum(of: content),
      let offset: UInt64 = block.number(at: name.count), let offset = Int(exactly: offset),
      let position: UInt64 = block.number(at: name.count + 8),
      let durable: UInt64 = block.number(at: name.count + 16),
      let checksum: UInt32 = block.number(at: name.count + 24)
    else { return nil }
    begin = JournalPlace(
      offset: offset, position: JournalPosition(position), checksum: checksum)
    self.durable = JournalPosition(durable)
  }

  private static func checksum(of content: ArraySlice<UInt8>) -> UInt32 {
    var sum = Checksum()
    sum.add(content)
    return sum.value
  }
}

extension [UInt8] {
  /// Adds a number, lowest byte first.
  mutating func append<Number: FixedWidthInteger>(littleEndian number: Number) {
    for shift in stride(from: 0, to: Number.bitWidth, by: 8) {
      append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }
}

extension ArraySlice<UInt8> {
  /// The number at a distance from the front, lowest byte first; nil beyond the end.
  func number<Number: FixedWidthInteger>(at distance: Int) -> Number? {
    let size = Number.bitWidth / 8
    guard distance >= 0, distance + size <= count else { return nil }
    let bytes = self[(startIndex + distance)..<(startIndex + distance + size)]
    return bytes.reversed().reduce(0) { $0 << 8 | Number(truncatingIfNeeded: $1) }
  }
}

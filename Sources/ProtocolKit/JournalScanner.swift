import Determinism

/// Reads a journal back from its bytes, and decides what to do about damage.
///
/// See `JournalFormat` for how it tells a torn tail from a corrupt middle.
public struct JournalScanner: Sendable {
  /// What stands where the records end.
  public enum Ending: Hashable, Sendable {
    /// Nothing was ever written there.
    case clean
    /// A frame that was never durable and is not whole: to be cut off, with all behind it.
    case tornTail(reason: String)
  }

  /// The bytes that were read.
  private let bytes: [UInt8]
  /// The stretches of them that the disk could not read, in order.
  private let unreadable: [Range<Int>]
  /// The mark that counts.
  public let mark: JournalMark
  /// The records that were found, oldest first.
  public private(set) var records: [Recovery.Record] = []
  /// The places behind the records, in the same order.
  public private(set) var places: [JournalPlace] = []
  /// What stands behind the last record.
  public private(set) var ending = Ending.clean

  /// The place behind the last record.
  public var end: JournalPlace { places.last ?? mark.begin }

  /// Reads a journal; throws if it lost or changed what it had said was durable.
  ///
  /// A journal that is nothing but zero bytes, or shorter than its marks, was never synced.
  public init(
    _ bytes: [UInt8], blockSize: Int, unreadable: [Range<Int>] = []
  ) throws(RecoveryFailure) {
    self.bytes = bytes
    self.unreadable = unreadable
    mark = try Self.mark(in: bytes, blockSize: blockSize, unreadable: unreadable)
    try scan()
  }

  private static func mark(
    in bytes: [UInt8], blockSize: Int, unreadable: [Range<Int>]
  ) throws(RecoveryFailure) -> JournalMark {
    var isDamaged = false
    var best: JournalMark?
    for begin in JournalFormat.marksBegin(blockSize: blockSize) {
      let block = bytes.dropFirst(begin).prefix(blockSize)
      let isReadable = !unreadable.contains { $0.overlaps(begin..<begin + blockSize) }
      if isReadable, let mark = JournalMark(block) {
        best = best.map { $0.durable < mark.durable ? mark : $0 } ?? mark
      } else if !isReadable || block.contains(where: { $0 != 0 }) {
        isDamaged = true
      }
    }
    if let best { return best }
    guard !isDamaged else {
      throw RecoveryFailure(position: .start, reason: "no copy of the journal's mark is whole")
    }
    return JournalMark(begin: .start(blockSize: blockSize), durable: .start)
  }

  private mutating func scan() throws(RecoveryFailure) {
    while true {
      switch frame(at: end) {
      case .record(let record, let place):
        places.append(place)
        records.append(Recovery.Record(position: place.position, bytes: record))
      case .nothing:
        try requireDurable("nothing was ever written there")
        return
      case .damaged(let reason):
        try requireDurable(reason)
        ending = .tornTail(reason: reason)
        return
      }
    }
  }

  /// Refuses the journal if the record behind the last one found was durable.
  private func requireDurable(_ reason: String) throws(RecoveryFailure) {
    guard end.position < mark.durable else { return }
    throw RecoveryFailure(
      position: JournalPosition(end.position.count + 1),
      reason: "\(reason), though the journal was durable up to \(mark.durable.count)")
  }

  private enum Frame {
    case record([UInt8], JournalPlace)
    case nothing
    case damaged(String)
  }

  private func frame(at place: JournalPlace) -> Frame {
    let rest = bytes.dropFirst(place.offset)
    let header = rest.prefix(JournalFormat.headerSize)
    if isUnreadable(header.indices) { return .damaged("its header cannot be read") }
    if header.allSatisfy({ $0 == 0 }) { return .nothing }
    guard let length: UInt32 = header.number(at: 0), let position: UInt64 = header.number(at: 4),
      let checksum: UInt32 = header.number(at: 12)
    else { return .damaged("its header is cut off") }
    guard position == place.position.count + 1 else {
      return .damaged("its place holds another record")
    }
    let record = rest.dropFirst(JournalFormat.headerSize).prefix(Int(length))
    guard record.count == Int(length) else { return .damaged("its bytes are cut off") }
    if isUnreadable(record.indices) { return .damaged("its bytes cannot be read") }
    guard place.checksum(header: header.prefix(12), record: record) == checksum else {
      return .damaged("its checksum does not match")
    }
    return .record(Array(record), place.end(behind: record.count, checksum: checksum))
  }

  private func isUnreadable(_ range: Range<Int>) -> Bool {
    !range.isEmpty && unreadable.contains { $0.overlaps(range) }
  }
}

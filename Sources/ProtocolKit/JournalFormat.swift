import Determinism

/// How a journal looks in bytes: two copies of a mark, each in a block of its own, then frames.
///
/// A *frame* holds one record: its length, its position, a checksum and its bytes. The checksum
/// covers the checksum of the frame before it, so a frame is valid only behind the very frames it
/// was written behind: an old frame that comes to light again, or one that landed in the wrong
/// place, is not. A *mark* says up to which position the journal is durable. To sync is to flush
/// the frames, then write and flush both copies of the mark, and only then to report success.
///
/// The mark is what tells the two kinds of damage apart. After a power loss any subset of the
/// unsynced blocks may be there, so bad frames behind the mark are a *torn tail*: nobody was
/// promised anything, and the journal is cut off there, valid frames further on included. A bad
/// frame up to the mark was durable once, so the disk has lost or changed it: a *corrupt middle*.
/// Cutting it off would forget what others rely on, so it is refused. Frames alone cannot tell:
/// "a valid frame follows" holds after honest power losses too, and does not hold for the last one.
///
/// One damaged copy of the mark is no reason to refuse, since a power loss may tear one of them
/// and either covers all that was reported. Two damaged copies are.
public enum JournalFormat {
  /// The bytes in front of every record.
  static let headerSize = 16
  /// The bytes of a mark.
  static let markSize = 40
  /// What every mark begins with.
  static let markName = Array("orrery-j".utf8)

  /// Where the first frame begins when blocks have this size.
  public static func framesBegin(blockSize: Int) -> Int { 2 * blockSize }

  /// Where the two copies of the mark begin.
  public static func marksBegin(blockSize: Int) -> [Int] { [0, blockSize] }
}

/// A place between two frames, with everything that the next frame depends on.
public struct JournalPlace: Hashable, Sendable {
  /// The byte at which the next frame begins.
  public let offset: Int
  /// The position of the record before it.
  public let position: JournalPosition
  /// The checksum of the frame before it.
  public let checksum: UInt32

  init(offset: Int, position: JournalPosition, checksum: UInt32) {
    self.offset = offset
    self.position = position
    self.checksum = checksum
  }

  /// The place before the first frame when blocks have this size.
  public static func start(blockSize: Int) -> JournalPlace {
    JournalPlace(
      offset: JournalFormat.framesBegin(blockSize: blockSize), position: .start, checksum: 0)
  }

  /// The frame that holds a record at this place.
  public func frame(_ record: [UInt8]) -> (bytes: [UInt8], end: JournalPlace) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(JournalFormat.headerSize + record.count)
    bytes.append(littleEndian: UInt32(record.count))
    bytes.append(littleEndian: position.count + 1)
    let checksum = checksum(header: bytes[...], record: record[...])
    bytes.append(littleEndian: checksum)
    bytes += record
    return (bytes, end(behind: record.count, checksum: checksum))
  }

  func checksum(header: ArraySlice<UInt8>, record: ArraySlice<UInt8>) -> UInt32 {
    var sum = Checksum(continuing: checksum)
    sum.add(header)
    sum.add(record)
    return sum.value
  }

  func end(behind length: Int, checksum: UInt32) -> JournalPlace {
    JournalPlace(
      offset: offset + JournalFormat.headerSize + length,
      position: JournalPosition(position.count + 1), checksum: checksum)
  }
}

import Determinism
import ProtocolKit

/// What the releases of this server differ in; they share a cluster during a rolling upgrade.
///
/// Release 1 writes bare journal records. Release 2 writes the number of their format before them,
/// reads both, and tells a leader where it may stop backing off. A server refuses to start from
/// records of a format newer than it knows: going back after an upgrade needs an empty journal.
enum RaftRelease {
  /// The release that wrote the first format, without a number.
  static let first = 1
  /// The release whose followers tell how far they committed when logs differ.
  static let tellsCommitInConflicts = 2
  /// The newest format of journal records.
  static let newestFormat = 2

  /// The format that a release writes.
  static func recordFormat(of version: Int) -> Int { min(version, newestFormat) }
}

/// A journal record with the number of its format; the first format goes without.
struct VersionedRaftRecord<Application: ReplicatedApplication>: BinaryCodable {
  /// No record of the first format begins with a byte from here on.
  private static var marker: UInt8 { 0x80 }

  /// The number of the format.
  let version: Int
  /// What is recorded.
  let record: RaftRecord<Application>

  init(version: Int, record: RaftRecord<Application>) {
    self.version = version
    self.record = record
  }

  func encode(into writer: inout ByteWriter) {
    if version > RaftRelease.first { writer.write(byte: Self.marker + UInt8(version)) }
    record.encode(into: &writer)
  }

  init(from reader: inout ByteReader) throws(DecodingFailure) {
    var ahead = reader
    let byte = try ahead.readByte()
    guard byte >= Self.marker else {
      version = RaftRelease.first
      record = try RaftRecord(from: &reader)
      return
    }
    version = Int(byte - Self.marker)
    guard version > RaftRelease.first, version <= RaftRelease.newestFormat else {
      throw reader.failure("a known format of journal records")
    }
    reader = ahead
    record = try RaftRecord(from: &reader)
  }
}

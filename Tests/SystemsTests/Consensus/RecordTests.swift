import Determinism
import ProtocolKit
import TestKit
import Testing

@testable import Consensus
@testable import Workloads

/// What servers write to their journals, and what they refuse to start from.
struct RecordTests {
  typealias Record = RaftRecord<KeyValueStore>

  static let records: [Record] = [
    .hardState(Term(0), vote: nil), .hardState(Term(300), vote: n1),
    .hardState(Term(UInt64.max), vote: NodeID(30)),
    .entry(LogIndex(1), LogEntry(term: Term(1), payload: .noop)),
    .entry(LogIndex(1), LogEntry(term: Term(200), payload: .openSession)),
    command(.write(key: 3, value: -1)),
    command(.compareAndSet(key: .max, expected: nil, new: .min)),
    command(.compareAndSet(key: 0, expected: .max, new: 0)),
  ]

  @Test(arguments: records) func `a record is read back as it was written`(record: Record) throws {
    var reader = ByteReader(bytes(of: record))
    let again = try Record(from: &reader)
    #expect(reader.isAtEnd)
    #expect("\(again)" == "\(record)")
  }

  @Test(arguments: records) func `a server refuses a record that is cut short`(record: Record) {
    let whole = bytes(of: record)
    for length in whole.indices {
      let failure = #expect(throws: RecoveryFailure.self) {
        try recover([Array(whole.prefix(length))])
      }
      #expect(failure?.position == JournalPosition(1))
    }
  }

  @Test(arguments: records) func `a server refuses a record with a byte too many`(record: Record) {
    #expect(throws: RecoveryFailure.self) { try recover([bytes(of: record) + [0]]) }
  }

  @Test(arguments: records) func `a damaged record is refused or read, but never traps`(
    record: Record
  ) {
    let whole = bytes(of: record)
    for place in whole.indices {
      for byte in UInt8.min...UInt8.max {
        var damaged = whole
        damaged[place] = byte
        _ = try? recover([damaged])
      }
    }
  }

  @Test(arguments: [0, 2, 1 << 40, UInt64.max])
  func `a server refuses an entry that does not continue its log`(index: UInt64) {
    var writer = ByteWriter()
    writer.write(byte: 2)
    writer.write(index)
    LogEntry<KeyValueStore>(term: Term(1), payload: .noop).encode(into: &writer)
    #expect(throws: RecoveryFailure.self) { try recover([writer.bytes]) }
  }

  @Test(arguments: [UInt64(UInt16.max) + 2, UInt64.max])
  func `a server refuses a vote for nobody that can exist`(vote: UInt64) {
    var writer = ByteWriter()
    writer.write(byte: 1)
    writer.write(UInt64(1))
    writer.write(vote)
    #expect(throws: RecoveryFailure.self) { try recover([writer.bytes]) }
  }

  private static func command(_ command: KeyValueStore.Command) -> Record {
    .entry(
      LogIndex(1),
      LogEntry(term: Term(5), payload: .command(SessionID(900), sequence: 1 << 40, command)))
  }

  private func bytes(of record: Record) -> [UInt8] {
    var writer = ByteWriter()
    record.encode(into: &writer)
    return writer.bytes
  }

  private func recover(_ records: [[UInt8]]) throws(RecoveryFailure) {
    let found = records.enumerated().map { offset, bytes in
      Recovery.Record(position: JournalPosition(UInt64(offset) + 1), bytes: bytes)
    }
    _ = try Raft<KeyValueStore>(
      id: n1, configuration: RaftConfiguration(members: .first(3)),
      recovery: Recovery(records: found, incarnation: 1))
  }
}

import Determinism
import ProtocolKit
import TestKit
import Testing

@testable import Consensus
@testable import Workloads

/// Two releases share a cluster and its journals during a rolling upgrade.
struct ReleaseTests {
  typealias Record = RaftRecord<KeyValueStore>
  typealias VersionedRecord = VersionedRaftRecord<KeyValueStore>

  private func bytes(of record: Record, format: Int) -> [UInt8] {
    var writer = ByteWriter()
    VersionedRecord(version: format, record: record).encode(into: &writer)
    return writer.bytes
  }

  private func start(_ version: Int, from journal: [[UInt8]]) throws(RecoveryFailure) {
    let found = journal.enumerated().map { offset, bytes in
      Recovery.Record(position: JournalPosition(UInt64(offset) + 1), bytes: bytes)
    }
    _ = try Raft<KeyValueStore>(
      id: n1, configuration: RaftConfiguration(members: .first(3)),
      recovery: Recovery(records: found, incarnation: 1, version: version))
  }

  @Test(arguments: RecordTests.records)
  func `a newer release reads the records of both, also in one journal`(record: Record) throws {
    let (old, new) = (bytes(of: record, format: 1), bytes(of: record, format: 2))
    #expect(old != new)
    try start(2, from: [old, new, old])
    try start(3, from: [old, new])
    try start(1, from: [old])
  }

  @Test(arguments: RecordTests.records)
  func `an older release refuses newer records and says so`(record: Record) {
    let journal = [bytes(of: record, format: 1), bytes(of: record, format: 2)]
    let failure = #expect(throws: RecoveryFailure.self) { try start(1, from: journal) }
    #expect(failure?.position == JournalPosition(2))
    #expect(failure?.reason == "expected a record of release 1, not 2")
  }

  @Test(arguments: RecordTests.records)
  func `a damaged or unknown format is refused or read, but never traps`(record: Record) {
    let whole = bytes(of: record, format: 2)
    for place in whole.indices {
      for byte in UInt8.min...UInt8.max {
        var damaged = whole
        damaged[place] = byte
        try? start(2, from: [damaged])
      }
    }
    for marker in UInt8(0x83)...UInt8.max {
      #expect(throws: RecoveryFailure.self) { try start(9, from: [[marker] + whole.dropFirst()]) }
    }
  }

  @Test func `mixed clusters break no rule while servers are upgraded one by one`() throws {
    var (commits, mixed) = (0, 0)
    for seed: UInt64 in 1...60 {
      var cluster = try RaftCluster(servers: 5, seed: seed) {
        $0.maxEntriesPerAppend = 1 + Int(seed % 3)
      }
      var schedule = RandomSchedule(seed: seed)
      for event in 1...400 {
        // A server that is restarted after its turn came runs the new release.
        if event % 60 == 0, let node = cluster.members.dropFirst(event / 60 - 1).first {
          cluster.install(version: 2, on: node)
          if event % 120 == 0 {
            cluster.crash(node)
            try cluster.restart(node)
          }
        }
        try schedule.step(&cluster)
      }
      let up = cluster.members.filter { cluster.isUp($0) }
      commits += up.map { cluster[$0].commitIndex.number }.max() ?? 0
      mixed += Set(up.map { cluster[$0].version }).count - 1
    }
    #expect(commits > 120, "the schedules should get somewhere")
    #expect(mixed > 20, "most clusters should end mixed")
  }
}

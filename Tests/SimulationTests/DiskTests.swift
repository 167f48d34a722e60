import Determinism
import ProtocolKit
import TestKit
import Testing

@testable import Simulation

/// A journal keeps what it said it keeps, and never says so too early.
struct DiskTests {
  @Test(arguments: UInt64(0)..<40)
  func `a power loss takes exactly the unsynced suffix, and a crash takes nothing`(
    seed: UInt64
  ) throws {
    let rhythm = FaultProfile.Rhythm(
      every: .milliseconds(10), shortest: .microseconds(10), longest: .milliseconds(5))
    let profile = FaultProfile(
      [.init(.crash), .init(.powerLoss), .init(.pause)], rhythm, maxDown: 2)
    let plan = profile.plan(
      for: ClusterShape(serverCount: 2, clientCount: 0), within: .milliseconds(100),
      Randomness(seed: seed))
    var world = World(
      .journal, seed: seed, faults: plan.entries,
      sync: .exponential(shortest: .microseconds(100), mean: .milliseconds(2)))
    var expected = DenseMap<NodeID, [UInt64]>(repeating: [], count: 2)
    var before = world
    while try world.step() {
      for node in expected.keys {
        compare(before, world, node, &expected[node], "seed \(seed), \(world.now)")
      }
      before = world
    }
    #expect(world.evidence[.restarts] > 3, "seed \(seed)")
    #expect(world.evidence[.recordsLost] > 0, "seed \(seed)")
  }

  /// Compares what a restarted machine found with what the one before it must have left behind.
  private func compare(
    _ before: World, _ after: World, _ node: NodeID, _ expected: inout [UInt64],
    _ place: Comment
  ) {
    if let old = before.machine(of: node), after.machine(of: node) == nil {
      let isPowerLoss = after.evidence[.powerLosses] > before.evidence[.powerLosses]
      let journal = before.nodes[node].journal
      let synced = Int(after.nodes[node].journal.synced.count)
      let promised = old.reports.map { Int($0.position.count) }.max() ?? 0
      #expect(promised <= synced && synced <= old.written.count, place)
      // A disk may have finished meanwhile, but only what it had begun.
      let most = max(journal.synced, journal.syncUnderWay ?? .start)
      #expect(Int(journal.synced.count) <= synced && synced <= Int(most.count), place)
      expected = isPowerLoss ? Array(old.written.prefix(synced)) : old.written
      let lost = after.evidence[.recordsLost] - before.evidence[.recordsLost]
      #expect(lost == old.written.count - expected.count, place)
    }
    if before.machine(of: node) == nil, after.machine(of: node) == nil {
      let (old, new) = (before.nodes[node].journal, after.nodes[node].journal)
      let isPowerLoss = after.evidence[.powerLosses] > before.evidence[.powerLosses]
      #expect(new.end == old.end || isPowerLoss && new.end == new.synced, place)
      expected = Array(expected.prefix(Int(new.end.count)))
    }
    if before.machine(of: node) == nil, before.nodes[node].process.incarnation > 0,
      let new = after.machine(of: node)
    {
      #expect(new.written == expected, place)
      #expect(new.reports.isEmpty && new.beatsAt.isEmpty, place)
    }
  }

  @Test(arguments: UInt64(0)..<40)
  func `a report covers what was written when its sync began, and no more`(seed: UInt64) throws {
    let faults = (0..<10).map { number in
      FaultPlan.Entry(.pause(0), from: number * 9_000 + 2_500, to: number * 9_000 + 6_500)
    }
    let world = try World(
      .journal, nodes: 1, seed: seed, faults: faults, sync: .constant(.microseconds(2_700))
    ).finished()
    let probe = try world.probe(0)
    for report in probe.reports {
      let begun = report.at + .microseconds(-2_700)
      let written = probe.beatsAt.count { $0 <= begun }
      #expect(Int(report.position.count) <= written, "seed \(seed), \(report.at.nanoseconds)")
    }
    #expect(!probe.reports.isEmpty, "seed \(seed)")
  }

  @Test func `the disk finishes a sync while the process stands still`() throws {
    for seed in UInt64(0)..<20 {
      var world = World(
        .journal, nodes: 1, seed: seed, faults: [.init(.pause(0), from: 5_500, to: 50_000)],
        sync: .constant(.microseconds(700)))
      while world.now < .start + .microseconds(5_500), try world.step() {}
      let underWay = world.nodes[NodeID(0)].journal.syncUnderWay
      let before = world.nodes[NodeID(0)].journal.synced
      let reports = try world.probe(0).reports.count
      while world.now < .start + .milliseconds(50), try world.step() {}
      #expect(world.nodes[NodeID(0)].journal.synced == underWay ?? before, "seed \(seed)")
      #expect(try world.probe(0).reports.count == reports, "seed \(seed)")
    }
  }
}

struct VirtualJournalTests {
  private func journal(records: Int) -> VirtualJournal {
    var journal = VirtualJournal()
    for number in 0..<records { journal.append([UInt8(number)]) }
    return journal
  }

  @Test func `one sync is under way at a time, and the next covers all that came meanwhile`() {
    var journal = journal(records: 2)
    var began = [journal.beginSync()]
    for record in UInt8(2)..<4 {
      journal.append([record])
      began.append(journal.beginSync())
    }
    #expect(began == [true, false, false])
    var ends = [journal.finishSync()]
    let wanted = [journal.takeSyncWanted(), journal.takeSyncWanted()]
    #expect(wanted == [true, false])
    began = [journal.beginSync()]
    ends.append(journal.finishSync())
    #expect(began == [true])
    #expect(ends == [JournalPosition(2), JournalPosition(4)])
    #expect(journal.syncCount == 2)
  }

  @Test func `records that replace truncated ones need a sync of their own`() throws {
    var journal = journal(records: 5)
    _ = journal.beginSync()
    journal.truncate(after: JournalPosition(3))
    journal.append([7])
    journal.append([8])
    let synced = journal.finishSync()
    let lost = journal.losePower()
    #expect(synced == JournalPosition(3))
    #expect(lost == 2)
    let found = try journal.recovery(incarnation: 1).0.records
    #expect(found.map(\.bytes) == [[0], [1], [2]])
  }

  @Test func `compaction keeps the positions of what it leaves`() throws {
    var journal = journal(records: 5)
    _ = journal.beginSync()
    _ = journal.finishSync()
    journal.compact(through: JournalPosition(2))
    journal.append([5])
    let found = try journal.recovery(incarnation: 0).0.records
    #expect(found.map(\.position.count) == [3, 4, 5, 6])
    #expect(found.map(\.bytes) == [[2], [3], [4], [5]])
    let lost = journal.losePower()
    #expect(lost == 1)
    #expect(journal.end == JournalPosition(5))
  }

  @Test func `records that were compacted away are not lost again with the power`() throws {
    var journal = journal(records: 5)
    journal.compact(through: JournalPosition(3))
    let lost = journal.losePower()
    #expect(lost == 2)
    #expect(journal.end == JournalPosition(3))
    let found = try journal.recovery(incarnation: 1).0.records
    #expect(found.isEmpty)
  }

  @Test func `a crash forgets the sync under way but no record`() {
    var journal = journal(records: 3)
    _ = journal.beginSync()
    _ = journal.beginSync()
    journal.crash()
    let isWanted = journal.takeSyncWanted()
    #expect(!isWanted)
    #expect(journal.syncUnderWay == nil)
    #expect(journal.synced == .start)
    #expect(journal.end == JournalPosition(3))
  }
}

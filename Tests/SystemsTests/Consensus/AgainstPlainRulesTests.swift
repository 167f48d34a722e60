import ProtocolKit
import TestKit
import Testing

@testable import Consensus
@testable import Workloads

/// The invariants and their plain twin watch the same random clusters.
struct AgainstPlainRulesTests {
  @Test(arguments: [3, 5])
  func `correct servers break no rule of either kind`(servers: Int) throws {
    var commits = 0
    for seed: UInt64 in 1...40 {
      let run = try watch(seed: seed, servers: servers, defects: [])
      #expect(run.incremental == nil && run.plain == nil, "seed \(seed)")
      commits += run.committed
    }
    #expect(commits > 80, "the schedules should get somewhere")
  }

  @Test(arguments: [RaftDefects.lostVotedFor, .ackBeforeFsync, .staleVoteReply])
  func `what the plain rules see was seen in time`(defects: RaftDefects) throws {
    var seenByBoth = 0
    for seed: UInt64 in 1...60 {
      let run = try watch(seed: seed, servers: 3, defects: defects)
      guard let plain = run.plain else { continue }
      let incremental = try #require(run.incremental, "seed \(seed)")
      #expect(incremental.event <= plain.event, "seed \(seed)")
      if incremental.property == "election-safety" {
        #expect(incremental.event == plain.event, "seed \(seed)")
      }
      seenByBoth += 1
    }
    #expect(seenByBoth > 0, "the defect should show itself")
  }

  private struct Run {
    var incremental: (event: Int, property: String)?
    var plain: (event: Int, properties: Set<String>)?
    var committed = 0
  }

  /// Runs one schedule; what broke first in the eyes of each observer is noted with its event.
  private func watch(seed: UInt64, servers: Int, defects: RaftDefects) throws -> Run {
    var cluster = try RaftCluster(servers: servers, seed: seed) {
      $0.defects = defects
      $0.maxEntriesPerAppend = 1 + Int(seed % 3)
      $0.maxAppendsInFlight = 1 + Int(seed % 2)
    }
    var schedule = RandomSchedule(seed: seed)
    var plainRules = PlainRules()
    var run = Run()
    for event in 1...300 where run.plain == nil {
      do {
        try schedule.step(&cluster)
      } catch let violation as InvariantViolation {
        // The observer has spoken; the twin goes on watching alone.
        if run.incremental == nil { run.incremental = (event, violation.property) }
        cluster.rules = nil
      }
      let broken = plainRules.broken(in: cluster)
      if !broken.isEmpty { run.plain = (event, broken) }
    }
    run.committed =
      cluster.members.filter { cluster.isUp($0) }
      .map { cluster[$0].commitIndex.number }.max() ?? 0
    return run
  }
}

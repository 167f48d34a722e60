import Determinism
import ProtocolKit
import TestKit
import Testing

@testable import Consensus
@testable import Workloads

/// Reads without log entries: ReadIndex, dissertation, section 6.4.
struct ReadTests {
  @Test func `a read waits until a majority confirms that the leader leads`() throws {
    var cluster = try RaftCluster(servers: 5)
    try cluster.elect(n1, by: n2, n3)
    try cluster.settle()
    let read = try cluster.read(at: n1)
    #expect(cluster.answer(to: read) == nil)
    try cluster.exchange(n1, n2)
    #expect(cluster.answer(to: read) == nil)
    try cluster.exchange(n1, n3)
    #expect(cluster.answer(to: read) == "nil")
  }

  @Test func `an answer that was under way when the read arrived proves nothing`() throws {
    var cluster = try RaftCluster()
    try cluster.elect(n1, by: n2)
    try cluster.settle()
    try cluster.fire(.heartbeat, at: n1)
    try cluster.deliver(from: n1, to: n2)
    let read = try cluster.read(at: n1)
    try cluster.deliver(from: n2, to: n1)
    #expect(cluster.answer(to: read) == nil)
    try cluster.settle()
    #expect(cluster.answer(to: read) == "nil")
  }

  @Test func `an append of an earlier leadership proves nothing for the present one`() throws {
    var cluster = try RaftCluster()
    try cluster.elect(n1, by: n2)
    try cluster.settle()
    for _ in 1...9 { try cluster.fire(.heartbeat, at: n1) }
    let old = cluster.take { $0.recipient == n2 }.map(\.message)
    cluster.dropAll()
    try cluster.hand(.voteReply(term: Term(2), isGranted: false), from: n3, to: n1)
    try cluster.elect(n1, by: n2)
    try cluster.settle([n1, n2])
    try cluster.deliver(from: n1, to: n3)
    try cluster.sync(n3)
    for append in old { try cluster.hand(append, from: n1, to: n2) }
    try cluster.settle([n1, n2])
    let read = try cluster.read(at: n1)
    try cluster.deliver(from: n3, to: n1)
    #expect(cluster.answer(to: read) == nil)
  }

  @Test func `a new leader reads only after its no-op is committed`() throws {
    var cluster = try RaftCluster()
    try cluster.elect(n1, by: n2)
    let read = try cluster.read(at: n1)
    // The follower confirms the leadership in an answer that holds no entries.
    try cluster.hand(
      .appendReply(AppendReply(term: Term(1), round: 9, outcome: .matched(.zero))), from: n2, to: n1
    )
    #expect(cluster.answer(to: read) == nil)
    try cluster.settle()
    #expect(cluster.answer(to: read) == "nil")
  }

  @Test func `a deposed leader never answers a read from its own state`() throws {
    var cluster = try RaftCluster()
    try cluster.elect(n1, by: n2)
    try cluster.settle()
    try cluster.elect(n2, by: n3)
    try cluster.settle([n2, n3])
    let read = try cluster.read(at: n1)
    #expect(cluster.answer(to: read) == nil)
    try cluster.settle()
    #expect(cluster.answer(to: read) == "not the leader")
  }

  @Test func `reads that arrive during a round share the next one`() throws {
    var cluster = try RaftCluster()
    try cluster.elect(n1, by: n2)
    try cluster.settle()
    let first = try cluster.read(at: n1)
    try cluster.settle()
    #expect(cluster.answer(to: first) == "nil")
    let reads = try (1...5).map { _ in try cluster.read(at: n1) }
    #expect(cluster.messages(from: n1, to: n2).count == 1)
    try cluster.exchange(n1, n2)
    #expect(cluster.messages(from: n1, to: n2).count == 1)
    try cluster.exchange(n1, n2)
    #expect(reads.allSatisfy { cluster.answer(to: $0) == "nil" })
  }

  @Test func `a server alone answers reads at once`() throws {
    var cluster = try RaftCluster(servers: 1)
    try cluster.elect(n1)
    try cluster.settle()
    for _ in 1...3 {
      let read = try cluster.read(at: n1)
      #expect(cluster.answer(to: read) == "nil")
    }
  }
}

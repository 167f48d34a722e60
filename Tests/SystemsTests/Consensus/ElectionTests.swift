import Determinism
import ProtocolKit
import TestKit
import Testing

@testable import Consensus
@testable import Workloads

/// Elections: dissertation, sections 3.4 and 3.6.
struct ElectionTests {
  @Test func `a candidate leads once a majority has voted, counting itself`() throws {
    var cluster = try RaftCluster(servers: 5)
    try cluster.elect(n1, by: n2)
    #expect(!cluster[n1].role.isLeader)
    try cluster.vote(n3, for: n1)
    #expect(cluster[n1].role.isLeader)
    #expect(cluster[n1].term == Term(1))
  }

  @Test func `a candidate's own vote counts only when it is on the disk`() throws {
    var cluster = try RaftCluster()
    try cluster.fire(.election, at: n1)
    try cluster.hand(.voteReply(term: Term(1), isGranted: true), from: n2, to: n1)
    #expect(!cluster[n1].role.isLeader)
    try cluster.sync(n1)
    #expect(cluster[n1].role.isLeader)
  }

  @Test func `the same vote twice counts once`() throws {
    var cluster = try RaftCluster(servers: 5)
    try cluster.elect(n1, by: n2)
    try cluster.hand(.voteReply(term: Term(1), isGranted: true), from: n2, to: n1)
    #expect(!cluster[n1].role.isLeader)
  }

  @Test func `a server votes for the first candidate of a term and for no other`() throws {
    var cluster = try RaftCluster()
    try cluster.elect(n1)
    try cluster.elect(n3)
    try cluster.vote(n2, for: n1)
    try cluster.vote(n2, for: n3)
    #expect(cluster[n1].role.isLeader)
    #expect(!cluster[n3].role.isLeader)
  }

  @Test func `a restarted server remembers whom it voted for`() throws {
    var cluster = try RaftCluster()
    try cluster.elect(n3)
    try cluster.elect(n1, by: n2)
    cluster.losePower(n2)
    try cluster.restart(n2)
    #expect(cluster[n2].votedFor == n1)
    try cluster.vote(n2, for: n3)
    #expect(!cluster[n3].role.isLeader)
  }

  @Test func `asked again by the same candidate, a server votes again`() throws {
    var cluster = try RaftCluster()
    try cluster.elect(n1)
    let request = try #require(cluster.messages(from: n1, to: n2).first)
    try cluster.vote(n2, for: n1)
    try cluster.hand(request, from: n1, to: n2)
    try cluster.sync(n2)
    let replies = cluster.messages(from: n2, to: n1)
    #expect(replies.map(\.description) == ["vote granted in term 1"])
  }

  @Test func `a tie is resolved in a later term`() throws {
    var cluster = try RaftCluster(servers: 4)
    try cluster.elect(n1)
    try cluster.elect(n2)
    try cluster.vote(n3, for: n1)
    try cluster.vote(n4, for: n2)
    try cluster.settle()
    #expect(cluster.members.allSatisfy { !cluster[$0].role.isLeader })
    try cluster.elect(n1, by: n2, n3)
    #expect(cluster[n1].role.isLeader)
    #expect(cluster[n1].term == Term(2))
  }

  @Test(arguments: [
    (term: 3, index: 1, isGranted: true), (term: 2, index: 2, isGranted: true),
    (term: 2, index: 3, isGranted: true), (term: 2, index: 1, isGranted: false),
    (term: 1, index: 9, isGranted: false),
  ])
  func `a log is judged by its last term first and its length second`(
    last: (term: UInt64, index: Int, isGranted: Bool)
  ) throws {
    var cluster = try RaftCluster()
    try cluster.hand(append(2, after: (0, 0), terms: [1, 2]), from: n1, to: n2)
    let request = RequestVote(
      term: Term(4), lastIndex: LogIndex(last.index), lastTerm: Term(last.term))
    try cluster.hand(.requestVote(request), from: n3, to: n2)
    #expect((cluster[n2].votedFor == n3) == last.isGranted)
  }

  @Test func `a leader that hears of a later term follows`() throws {
    var cluster = try RaftCluster()
    try cluster.elect(n1, by: n2)
    try cluster.hand(.voteReply(term: Term(7), isGranted: false), from: n3, to: n1)
    #expect(!cluster[n1].role.isLeader)
    #expect(cluster[n1].term == Term(7))
    #expect(cluster.timers(of: n1) == [.election])
  }

  @Test func `a candidate follows the leader of its own term`() throws {
    var cluster = try RaftCluster()
    try cluster.elect(n3)
    try cluster.elect(n1, by: n2)
    try cluster.deliver(from: n1, to: n3, where: \.isAppend)
    let request = try cluster.read(at: n3)
    #expect(cluster.answer(to: request) == "not the leader, try n1")
  }

  @Test func `a new leader begins with a no-op of its term`() throws {
    var cluster = try RaftCluster()
    try cluster.elect(n1, by: n2)
    #expect(cluster.terms(of: n1) == [1])
    #expect(cluster[n1].log[LogIndex(1)].description == "no-op")
  }

  @Test func `a server alone elects itself`() throws {
    var cluster = try RaftCluster(servers: 1)
    try cluster.elect(n1)
    try cluster.settle()
    #expect(cluster[n1].role.isLeader)
    #expect(cluster[n1].commitIndex == LogIndex(1))
  }
}

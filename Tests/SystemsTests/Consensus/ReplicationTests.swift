import Determinism
import ProtocolKit
import TestKit
import Testing

@testable import Consensus
@testable import Workloads

/// Log replication: dissertation, sections 3.5 and 3.6.
struct ReplicationTests {
  @Test func `a new leader first offers what follows its own last entry`() throws {
    var cluster = try RaftCluster()
    try cluster.elect(n1, by: n2)
    try cluster.settle()
    cluster.crash(n1)
    try cluster.elect(n2, by: n3)
    let offer = try #require(cluster.messages(from: n2, to: n3).first?.asAppend)
    #expect(offer.previousIndex == LogIndex(1))
    #expect(offer.entries.count == 1)
  }

  @Test func `entries reach every follower and are committed by all`() throws {
    var cluster = try RaftCluster(servers: 5)
    try cluster.elect(n1, by: n2, n3)
    let session = try cluster.openSession(at: n1)
    _ = try cluster.write(7, in: session, 1, at: n1)
    try cluster.settle()
    try cluster.fire(.heartbeat, at: n1)
    try cluster.settle()
    for node in cluster.members {
      #expect(cluster.terms(of: node) == [1, 1, 1])
      #expect(cluster[node].commitIndex == LogIndex(3))
      #expect(cluster[node].state.application.values[1] == 7)
    }
  }

  @Test func `an entry commits when a majority has it on disk, the leader included`() throws {
    var cluster = try RaftCluster()
    try cluster.elect(n1, by: n2)
    try cluster.exchange(n1, n2)
    #expect(cluster[n1].commitIndex == .zero)
    try cluster.sync(n1)
    #expect(cluster[n1].commitIndex == LogIndex(1))
  }

  @Test func `followers alone can be the majority`() throws {
    var cluster = try RaftCluster()
    try cluster.elect(n1, by: n2)
    try cluster.exchange(n1, n2)
    try cluster.exchange(n1, n3)
    #expect(cluster[n1].commitIndex == LogIndex(1))
    #expect(cluster.needsSync(n1))
  }

  @Test func `entries of an earlier term are committed along with one of the leader's own`() throws
  {
    var cluster = try RaftCluster { $0.maxEntriesPerAppend = 1 }
    try cluster.elect(n1, by: n2)
    try cluster.sync(n1)
    cluster.dropAll()
    cluster.crash(n1)
    try cluster.restart(n1)
    try cluster.sync(n1)
    try cluster.elect(n1, by: n2)
    try cluster.sync(n1)
    try cluster.exchange(n1, n2)
    try cluster.exchange(n1, n2)
    #expect(cluster.terms(of: n2) == [1])
    #expect(cluster[n1].commitIndex == .zero)
    try cluster.exchange(n1, n2)
    #expect(cluster[n1].commitIndex == LogIndex(2))
  }

  @Test func `an append that comes late or twice erases nothing`() throws {
    var cluster = try RaftCluster()
    let short = append(1, after: (0, 0), terms: [1])
    try cluster.hand(short, from: n1, to: n2)
    try cluster.hand(append(1, after: (0, 0), terms: [1, 1, 1]), from: n1, to: n2)
    try cluster.hand(short, from: n1, to: n2)
    try cluster.hand(append(1, after: (1, 1), terms: []), from: n1, to: n2)
    #expect(cluster.terms(of: n2) == [1, 1, 1])
  }

  @Test func `a late append vouches only for the entries it carries`() throws {
    var cluster = try RaftCluster()
    try cluster.hand(append(1, after: (0, 0), terms: [1, 1, 1]), from: n1, to: n2)
    try cluster.hand(append(1, after: (0, 0), terms: [1]), from: n1, to: n2)
    try cluster.sync(n2)
    let replies = cluster.messages(from: n2, to: n1).map(\.description)
    #expect(replies == ["matched up to 3 in term 1", "matched up to 1 in term 1"])
  }

  @Test func `a real conflict removes the entry and all that follow it`() throws {
    var cluster = try RaftCluster()
    try cluster.hand(append(1, after: (0, 0), terms: [1, 1, 1]), from: n1, to: n2)
    try cluster.hand(append(2, after: (1, 1), terms: [2]), from: n3, to: n2)
    #expect(cluster.terms(of: n2) == [1, 2])
    cluster.crash(n2)
    try cluster.restart(n2)
    #expect(cluster.terms(of: n2) == [1, 2])
  }

  @Test func `a follower commits no further than it agrees with the leader`() throws {
    var cluster = try RaftCluster()
    cluster.rules = nil  // the leader is made up, so nobody else has these entries
    try cluster.hand(append(1, after: (0, 0), terms: [1, 1, 1]), from: n1, to: n2)
    try cluster.hand(append(2, after: (1, 1), terms: [], commit: 3), from: n3, to: n2)
    #expect(cluster[n2].commitIndex == LogIndex(1))
  }

  @Test func `a leader of an earlier term is refused`() throws {
    var cluster = try RaftCluster()
    try cluster.hand(append(4, after: (0, 0), terms: [4]), from: n1, to: n2)
    try cluster.hand(append(3, after: (0, 0), terms: [3, 3]), from: n3, to: n2)
    try cluster.sync(n2)
    #expect(cluster.terms(of: n2) == [4])
    let refusal = try #require(cluster.messages(from: n2, to: n3).first)
    #expect(refusal.description.hasSuffix("term 4"))
  }

  @Test func `a leader finds where logs part with one question for each differing term`() throws {
    var cluster = try RaftCluster { $0.maxEntriesPerAppend = 100 }
    let leaders = [UInt64](repeating: 1, count: 20) + [UInt64](repeating: 4, count: 20)
    let followers = [UInt64](repeating: 1, count: 10) + [2, 2, 2, 2, 2, 3, 3, 3, 3, 3]
    try cluster.hand(append(4, after: (0, 0), terms: leaders), from: n3, to: n1)
    try cluster.hand(append(3, after: (0, 0), terms: followers), from: n3, to: n2)
    try cluster.sync(n2)
    cluster.dropAll()
    try cluster.elect(n1, by: n2)
    var roundTrips = 0
    while cluster.terms(of: n2) != cluster.terms(of: n1), roundTrips < 40 {
      try cluster.exchange(n1, n2)
      roundTrips += 1
    }
    // Beyond the follower's end, in its term 3, in its term 2; then the entries themselves.
    #expect(roundTrips == 4)
  }

  @Test func `a lost append is sent again after a silent heartbeat interval`() throws {
    var cluster = try RaftCluster()
    try cluster.elect(n1, by: n2)
    try cluster.settle()
    _ = try cluster.ask(.openSession, of: n1)
    cluster.dropAll()
    try cluster.fire(.heartbeat, at: n1)
    cluster.dropAll()
    try cluster.fire(.heartbeat, at: n1)
    let again = try #require(cluster.messages(from: n1, to: n2).first?.asAppend)
    #expect(again.previousIndex == LogIndex(1))
    #expect(again.entries.count == 1)
  }

  @Test func `a follower that never answered is not sent the log from its start`() throws {
    var cluster = try RaftCluster()
    try cluster.elect(n1, by: n2)
    for _ in 1...5 { _ = try cluster.openSession(at: n1, with: [n1, n2]) }
    cluster.crash(n1)
    try cluster.elect(n2, by: n3)
    for _ in 1...3 { try cluster.fire(.heartbeat, at: n2) }
    let last = try #require(cluster.messages(from: n2, to: n1).last?.asAppend)
    #expect(last.previousIndex == LogIndex(6))
  }

  @Test func `requests that find the pipeline full travel together`() throws {
    var cluster = try RaftCluster { $0.maxAppendsInFlight = 1 }
    try cluster.elect(n1, by: n2)
    try cluster.settle()
    for _ in 1...5 { _ = try cluster.ask(.openSession, of: n1) }
    let sizes = { (cluster: RaftCluster) in
      cluster.messages(from: n1, to: n2).compactMap(\.asAppend?.entries.count)
    }
    #expect(sizes(cluster) == [1])
    try cluster.exchange(n1, n2)
    #expect(sizes(cluster) == [4])
  }

  @Test func `one entry an append is enough to bring a follower up to date`() throws {
    var cluster = try RaftCluster {
      $0.maxEntriesPerAppend = 1
      $0.maxAppendsInFlight = 1
    }
    try cluster.elect(n1, by: n2)
    for _ in 1...10 { _ = try cluster.openSession(at: n1, with: [n1, n2]) }
    try cluster.settle()
    #expect(cluster[n3].log.lastIndex == LogIndex(11))
  }

  @Test func `a follower that would overwrite a committed entry reports it`() throws {
    var cluster = try RaftCluster()
    try cluster.elect(n1, by: n2)
    try cluster.settle()
    try cluster.fire(.heartbeat, at: n1)
    try cluster.settle()
    let violation = #expect(throws: InvariantViolation.self) {
      try cluster.hand(append(2, after: (0, 0), terms: [2]), from: n3, to: n2)
    }
    #expect(violation?.property == "state-machine-safety")
  }
}

import Determinism
import ProtocolKit
import TestKit
import Testing

@testable import Consensus
@testable import Workloads

/// Nothing is promised before it is on the disk.
struct PersistenceTests {
  @Test func `a vote is told only when it is on the disk`() throws {
    var cluster = try RaftCluster()
    try cluster.elect(n1)
    try cluster.deliver(from: n1, to: n2)
    #expect(cluster.messages(from: n2, to: n1).isEmpty)
    try cluster.sync(n2)
    #expect(cluster.messages(from: n2, to: n1).map(\.description) == ["vote granted in term 1"])
  }

  @Test func `a candidate asks for votes only when its own is on the disk`() throws {
    var cluster = try RaftCluster()
    try cluster.fire(.election, at: n1)
    #expect(cluster.mail.isEmpty)
    try cluster.sync(n1)
    #expect(cluster.mail.count == 2)
  }

  @Test func `entries are acknowledged only when they are on the disk`() throws {
    var cluster = try RaftCluster()
    try cluster.elect(n1, by: n2)
    try cluster.deliver(from: n1, to: n2)
    #expect(cluster.messages(from: n2, to: n1).isEmpty)
    try cluster.sync(n2)
    let replies = cluster.messages(from: n2, to: n1).map(\.description)
    #expect(replies == ["matched up to 1 in term 1"])
  }

  @Test func `a sync releases only what it covers`() throws {
    var cluster = try RaftCluster()
    try cluster.hand(append(1, after: (0, 0), terms: [1]), from: n1, to: n2)
    let first = cluster.journalEnd(of: n2)
    try cluster.hand(append(1, after: (1, 1), terms: [1]), from: n1, to: n2)
    try cluster.sync(n2, upTo: first)
    #expect(cluster.messages(from: n2, to: n1).count == 1)
    try cluster.sync(n2)
    #expect(cluster.messages(from: n2, to: n1).count == 2)
  }

  @Test func `what a crashed process wrote is not promised before it is synced`() throws {
    var cluster = try RaftCluster()
    try cluster.elect(n1, by: n2)
    let entry = try #require(cluster.messages(from: n1, to: n2).first)
    try cluster.hand(entry, from: n1, to: n2)
    cluster.crash(n2)
    try cluster.restart(n2)
    #expect(cluster.terms(of: n2) == [1])
    try cluster.hand(entry, from: n1, to: n2)
    #expect(cluster.messages(from: n2, to: n1).isEmpty)
    try cluster.sync(n2)
    #expect(cluster.messages(from: n2, to: n1).count == 1)
  }

  @Test func `a vote that a crashed process wrote is kept, and told only after a sync`() throws {
    var cluster = try RaftCluster()
    try cluster.elect(n1)
    let request = try #require(cluster.messages(from: n1, to: n2).first)
    try cluster.hand(request, from: n1, to: n2)
    cluster.crash(n2)
    try cluster.restart(n2)
    try cluster.hand(request, from: n1, to: n2)
    #expect(cluster.messages(from: n2, to: n1).isEmpty)
    try cluster.sync(n2)
    #expect(cluster.messages(from: n2, to: n1).map(\.description) == ["vote granted in term 1"])
  }

  @Test func `a loss of power takes what was not synced, and nothing that was promised`() throws {
    var cluster = try RaftCluster()
    try cluster.elect(n1, by: n2)
    try cluster.exchange(n1, n2)
    _ = try cluster.ask(.openSession, of: n1)
    try cluster.deliver(from: n1, to: n2)
    #expect(cluster.terms(of: n2) == [1, 1])
    cluster.losePower(n2)
    try cluster.restart(n2)
    #expect(cluster.terms(of: n2) == [1])
    #expect(cluster[n2].term == Term(1))
    #expect(cluster[n2].votedFor == n1)
  }

  @Test func `a message that promises nothing new leaves at once`() throws {
    var cluster = try RaftCluster()
    try cluster.elect(n1, by: n2)
    try cluster.settle()
    try cluster.fire(.heartbeat, at: n1)
    try cluster.deliver(from: n1, to: n2)
    #expect(cluster.messages(from: n2, to: n1).count == 1)
  }

  @Test func `a whole cluster that loses power continues where it was`() throws {
    var cluster = try RaftCluster()
    try cluster.elect(n1, by: n2)
    let session = try cluster.openSession(at: n1)
    _ = try cluster.write(7, in: session, 1, at: n1)
    try cluster.settle()
    for node in cluster.members { cluster.losePower(node) }
    for node in cluster.members { try cluster.restart(node) }
    try cluster.settle()
    try cluster.elect(n2, by: n3)
    let read = try cluster.read(at: n2)
    try cluster.settle()
    #expect(cluster.answer(to: read) == "7")
  }
}

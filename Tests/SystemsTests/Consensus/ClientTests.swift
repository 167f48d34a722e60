import Determinism
import ProtocolKit
import TestKit
import Testing

@testable import Consensus
@testable import Workloads

/// How clients are served: dissertation, sections 6.2 and 6.3.
struct ClientTests {
  @Test func `a command is answered when it is committed`() throws {
    var cluster = try RaftCluster()
    try cluster.elect(n1, by: n2)
    let session = try cluster.openSession(at: n1)
    let write = try cluster.write(7, in: session, 1, at: n1)
    #expect(cluster.answer(to: write) == nil)
    try cluster.settle()
    #expect(cluster.answer(to: write) == "written")
  }

  @Test func `a command asked for twice happens once and is answered twice`() throws {
    var cluster = try RaftCluster()
    try cluster.elect(n1, by: n2)
    let session = try cluster.openSession(at: n1)
    let swap = KeyValueStore.Command.compareAndSet(key: 1, expected: nil, new: 5)
    let first = try cluster.ask(.command(session, sequence: 1, swap), of: n1)
    let second = try cluster.ask(.command(session, sequence: 1, swap), of: n1)
    try cluster.settle()
    #expect(cluster.answer(to: first) == "written")
    #expect(cluster.answer(to: second) == "written")
  }

  @Test func `a command asked of two leaders happens once`() throws {
    var cluster = try RaftCluster()
    try cluster.elect(n1, by: n2)
    let session = try cluster.openSession(at: n1)
    let swap = KeyValueStore.Command.compareAndSet(key: 1, expected: nil, new: 5)
    _ = try cluster.ask(.command(session, sequence: 1, swap), of: n1)
    try cluster.deliver(from: n1, to: n2)
    cluster.crash(n1)
    try cluster.elect(n2, by: n3)
    let again = try cluster.ask(.command(session, sequence: 1, swap), of: n2)
    try cluster.settle()
    #expect(cluster.answer(to: again) == "written")
  }

  @Test func `a command that comes behind a later one of its session does not happen`() throws {
    var cluster = try RaftCluster()
    try cluster.elect(n1, by: n2)
    let session = try cluster.openSession(at: n1)
    _ = try cluster.write(2, in: session, 2, at: n1)
    _ = try cluster.write(1, in: session, 1, at: n1)
    let read = try cluster.read(at: n1)
    try cluster.settle()
    #expect(cluster.answer(to: read) == "2")
  }

  @Test func `the least recently used session makes room, and on every server the same`() throws {
    var cluster = try RaftCluster { $0.maxSessions = 2 }
    try cluster.elect(n1, by: n2)
    let first = try cluster.openSession(at: n1)
    let second = try cluster.openSession(at: n1)
    _ = try cluster.write(1, in: first, 1, at: n1)
    let third = try cluster.openSession(at: n1)
    try cluster.fire(.heartbeat, at: n1)
    try cluster.settle()
    for node in cluster.members {
      var state = cluster[node].state
      let outcomes = [first, second, third].map { session in
        let command = KeyValueStore.Command.write(key: 9, value: 9)
        let payload = LogEntry<KeyValueStore>.Payload.command(session, sequence: 9, command)
        return "\(state.apply(payload, at: LogIndex(99)))"
      }
      #expect(outcomes.map { $0.contains("written") } == [true, false, true], "\(node)")
    }
    let late = try cluster.write(2, in: second, 1, at: n1)
    try cluster.settle()
    #expect(cluster.answer(to: late) == "session expired")
  }

  @Test func `a follower names the leader it knows`() throws {
    var cluster = try RaftCluster()
    let early = try cluster.ask(.openSession, of: n3)
    try cluster.elect(n1, by: n2)
    try cluster.settle()
    let late = try cluster.ask(.openSession, of: n3)
    #expect(cluster.answer(to: early) == "not the leader")
    #expect(cluster.answer(to: late) == "not the leader, try n1")
  }

  @Test func `a deposed leader does not answer for a command whose fate it does not know`() throws {
    var cluster = try RaftCluster()
    try cluster.elect(n1, by: n2)
    try cluster.settle()
    let lost = try cluster.ask(.openSession, of: n1)
    cluster.dropAll()
    try cluster.elect(n2, by: n3)
    try cluster.settle()
    #expect(cluster.terms(of: n1) == [1, 2])
    #expect(cluster.answer(to: lost) == nil)
  }
}

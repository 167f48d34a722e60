import Checking
import Histories
import ProtocolKit
import TestKit
import Testing
import Workloads

@testable import Consensus
@testable import Workloads

/// One schedule for each known bug: it breaks the named rule with the bug, and nothing without.
struct DefectTests {
  @Test func `counting copies of an old entry loses it (figure 8)`() throws {
    try expect(.commitPriorTerm, breaks: "leader-completeness") { cluster in
      // n1 writes an entry of term 1 that nobody else has, n3 one of term 2.
      try cluster.elect(n1, by: n2)
      try cluster.sync(n1)
      cluster.dropAll()
      cluster.crash(n1)
      try cluster.elect(n3)
      try cluster.elect(n3, by: n2)
      try cluster.sync(n3)
      cluster.dropAll()
      cluster.crash(n3)
      // n1 leads again and copies its old entry to n2, but not yet its no-op.
      try cluster.restart(n1)
      try cluster.sync(n1)
      try cluster.elect(n1)
      try cluster.elect(n1, by: n2)
      try cluster.sync(n1)
      try cluster.exchange(n1, n2)
      try cluster.exchange(n1, n2)
      cluster.dropAll()
      cluster.crash(n1)
      // n3's entry is of a later term, so n2 votes for it, and the copies are overwritten.
      try cluster.restart(n3)
      try cluster.sync(n3)
      try cluster.elect(n3)
      try cluster.elect(n3, by: n2)
      try cluster.settle([n2, n3])
    }
  }

  @Test func `a server that forgets its vote votes twice`() throws {
    try expect(.lostVotedFor, breaks: "one-vote-per-term") { cluster in
      try cluster.elect(n3)
      try cluster.elect(n1, by: n2)
      cluster.crash(n2)
      try cluster.restart(n2)
      try cluster.vote(n2, for: n3)
      try cluster.settle()
    }
  }

  @Test func `two votes in one term make two leaders`() throws {
    try expect(.lostVotedFor, breaks: "election-safety", except: "one-vote-per-term") { cluster in
      try cluster.elect(n3)
      try cluster.elect(n1, by: n2)
      cluster.crash(n2)
      try cluster.restart(n2)
      try cluster.vote(n2, for: n3)
      try cluster.settle()
    }
  }

  @Test func `an entry acknowledged before it is synced is committed too early`() throws {
    try expect(.ackBeforeFsync, breaks: "durability", in: losePowerAfterAcknowledging)
  }

  @Test func `an entry acknowledged before it is synced is lost with the power`() throws {
    try expect(
      .ackBeforeFsync, breaks: "leader-completeness", except: "durability",
      in: losePowerAfterAcknowledging)
  }

  private func losePowerAfterAcknowledging(_ cluster: inout RaftCluster) throws {
    try cluster.elect(n1, by: n2)
    try cluster.sync(n1)
    try cluster.deliver(from: n1, to: n2)
    try cluster.deliver(from: n2, to: n1)
    cluster.dropAll()
    cluster.losePower(n2)
    try cluster.restart(n2)
    try cluster.sync(n2)
    try cluster.elect(n3)
    try cluster.elect(n3, by: n2)
    try cluster.settle([n2, n3])
  }

  @Test func `a vote of an earlier term makes a second leader`() throws {
    try expect(.staleVoteReply, breaks: "election-safety") { cluster in
      try cluster.fire(.election, at: n1)
      try cluster.sync(n1)
      try cluster.deliver(from: n1, to: n2)
      try cluster.sync(n2)
      // n1 gives up term 1 before n2's vote arrives, and meanwhile n2 votes for n3 in term 2.
      try cluster.elect(n1)
      try cluster.elect(n3)
      try cluster.elect(n3, by: n2)
      try cluster.deliver(from: n2, to: n1)
    }
  }

  @Test func `a leader that reads from its own state tells clients of the past`() throws {
    for defects: RaftDefects in [[], .localLeaderRead] {
      var cluster = try RaftCluster { $0.defects = defects }
      var clients = RecordedClients()
      try cluster.elect(n1, by: n2)
      let session = try cluster.openSession(at: n1)
      let first = try cluster.write(1, in: session, 1, at: n1)
      clients.invoke(first, "write", .integer(1))
      try cluster.settle()
      clients.hear(cluster)
      // n2 and n3 go on without n1, which does not know.
      try cluster.elect(n2, by: n3)
      let second = try cluster.write(2, in: session, 2, at: n2)
      clients.invoke(second, "write", .integer(2))
      try cluster.settle([n2, n3])
      clients.hear(cluster)
      clients.invoke(try cluster.read(at: n1), "read")
      clients.hear(cluster)
      try cluster.settle()
      clients.hear(cluster)
      let verdict = try KeyValueWorkload.check(clients.history)
      let isValid = if case .valid = verdict { true } else { false }
      #expect(isValid == defects.isEmpty)
      #expect(clients.history.operations.last?.completion == (isValid ? .fail : .ok(.integer(1))))
    }
  }

  /// Runs a schedule with a defect and without it.
  private func expect(
    _ defect: RaftDefects, breaks property: String, except ignored: String? = nil,
    in schedule: (inout RaftCluster) throws -> Void
  ) throws {
    for defects: RaftDefects in [[], defect] {
      var cluster = try RaftCluster {
        $0.maxEntriesPerAppend = 1
        $0.defects = defects
      }
      cluster.ignoredProperty = ignored
      var broken: String?
      do {
        try schedule(&cluster)
      } catch let violation as InvariantViolation {
        broken = violation.property
      }
      #expect(broken == (defects.isEmpty ? nil : property))
    }
  }
}

/// What clients asked and learned, as a history for the checker.
private struct RecordedClients {
  private(set) var history = History()
  private var open: [RequestID: OperationID] = [:]

  mutating func invoke(_ request: RequestID, _ function: String, _ input: Value = .none) {
    let process = ProcessID(Int64(history.operations.count))
    open[request] = history.invoke(
      Invocation(process: process, function: function, key: .integer(1), input: input))
  }

  /// Takes note of the answers that came since the last time.
  mutating func hear(_ cluster: RaftCluster) {
    for reply in cluster.replies {
      guard let operation = open.removeValue(forKey: reply.id) else { continue }
      let completion: Completion =
        switch reply.body {
        case .response(.written): .ok(.none)
        case .response(.value(let value)): .ok(value.map(Value.integer) ?? .none)
        case .response(.mismatch), .notLeader: .fail
        case .sessionOpened, .sessionExpired: .info
        }
      history.complete(operation, completion)
    }
  }
}

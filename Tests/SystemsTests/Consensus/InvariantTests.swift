import Determinism
import ProtocolKit
import TestKit
import Testing

@testable import Consensus
@testable import Workloads

/// Every rule has been seen to fire, on clusters that no correct server would form.
struct InvariantTests {
  @Test func `each rule has a contradiction that breaks it`() {
    let broken = Set(Contradiction.all.map(\.property))
    #expect(broken == Set(RaftCluster.Rules.properties))
  }

  @Test(arguments: Contradiction.all)
  func `a contradiction breaks its rule and no other`(contradiction: Contradiction) throws {
    var observer = Observer()
    let violation = #expect(throws: InvariantViolation.self) {
      try contradiction.happen(&observer)
    }
    #expect(violation?.property == contradiction.property)
  }

  @Test func `what merely looks contradictory breaks nothing`() throws {
    var observer = Observer()
    // A follower may lose entries, a crash may take the commit index back, a vote may be repeated.
    try observer.see(n1, log: [1, 1, 1], synced: 1)
    try observer.see(n1, log: [1], synced: 1)
    try observer.see(n2, log: [1], synced: 1)
    try observer.see(n2, term: 1, leads: true, log: [1], synced: 1, commit: 1)
    observer.rules.observeCrash(of: n2, journalEnd: JournalPosition(1))
    try observer.see(n2, log: [1])
    try observer.send(.voteReply(term: Term(5), isGranted: true), from: n1, to: n3)
    try observer.send(.voteReply(term: Term(5), isGranted: true), from: n1, to: n3)
    try observer.send(.voteReply(term: Term(5), isGranted: false), from: n1, to: n2)
    // A vote that a restart finds again may be older than the log that has grown since.
    let request = RequestVote(term: Term(7), lastIndex: .zero, lastTerm: .zero)
    try observer.send(.requestVote(request), from: n1, to: n3)
    observer.rules.observeCrash(of: n3, journalEnd: .start)
    try observer.see(n3, term: 7, vote: n1, log: [1, 1])
  }
}

/// The invariants of three servers, and hand-made servers to show them.
struct Observer {
  var rules = RaftCluster.Rules(
    configuration: RaftConfiguration(members: .first(3)), nodeCount: 3)

  /// Shows a server whose log holds no-ops of these terms in the records 1, 2, 3 and so on.
  mutating func see(
    _ node: NodeID, term: UInt64 = 1, vote: NodeID? = nil, leads: Bool = false,
    log terms: [UInt64] = [],
    synced: UInt64 = 0, commit: Int = 0, applied: Int? = nil
  ) throws {
    var server = try Raft<KeyValueStore>(
      id: node, configuration: RaftConfiguration(members: .first(3)), recovery: .firstStart)
    server.term = Term(term)
    server.votedFor = vote
    for (offset, term) in terms.enumerated() {
      server.log.append(
        LogEntry(term: Term(term), payload: .noop), at: JournalPosition(UInt64(offset) + 1))
    }
    if leads {
      let progress = Leadership.Progress(nextIndex: .zero, resendIndex: .zero)
      server.role = .leader(
        Leadership(followers: .init(repeating: progress, of: .first(3)), firstIndex: .zero))
    }
    server.commitIndex = LogIndex(commit)
    server.appliedIndex = LogIndex(applied ?? commit)
    try rules.observe(server, at: node, synced: JournalPosition(synced))
  }

  mutating func send(
    _ message: RaftCluster.Message, from sender: NodeID, to recipient: NodeID
  ) throws {
    try rules.observeSend(of: message, from: sender, to: recipient)
  }
}

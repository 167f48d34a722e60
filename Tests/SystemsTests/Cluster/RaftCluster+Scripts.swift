import ProtocolKit
@testable import Consensus
@testable import Locks
@testable import Workloads
import TestKit

/// The servers as the papers number them, and someone who is none of them.
let n1 = NodeID(0)
let n2 = NodeID(1)
let n3 = NodeID(2)
let n4 = NodeID(3)
let n5 = NodeID(4)
let client = NodeID(40)

/// Longer steps, in the words of a script.
extension ScriptedCluster where Machine == Raft<KeyValueStore> {
  /// A server hears no leader and asks these others for their votes; other letters stay in the mail.
  mutating func elect(_ candidate: NodeID, by voters: NodeID...) throws {
    try fire(.election, at: candidate)
    try sync(candidate)
    for voter in voters { try vote(voter, for: candidate) }
  }

  /// A server hears a candidate's request, syncs, and its answer arrives.
  mutating func vote(_ voter: NodeID, for candidate: NodeID) throws {
    try deliver(from: candidate, to: voter, where: \.isVoteRequest)
    try sync(voter)
    try deliver(from: voter, to: candidate, where: \.isVoteReply)
  }

  /// A leader's appends reach a follower, it syncs, and its answers arrive.
  mutating func exchange(_ leader: NodeID, _ follower: NodeID) throws {
    try deliver(from: leader, to: follower, where: \.isAppend)
    try sync(follower)
    try deliver(from: follower, to: leader, where: \.isAppendReply)
  }

  /// Opens a session at a leader, with the help of a group.
  mutating func openSession(at leader: NodeID, with group: [NodeID]? = nil) throws -> SessionID {
    let request = try ask(.openSession, of: leader)
    try settle(group)
    guard case .sessionOpened(let session) = replies.last(where: { $0.id == request })?.body
    else { throw ScriptFailure(reason: "\(leader) opened no session") }
    return session
  }

  /// Asks a leader to write a value under the first key.
  mutating func write(
    _ value: Int64, in session: SessionID, _ sequence: UInt64, at leader: NodeID
  ) throws -> RequestID {
    try ask(.command(session, sequence: sequence, .write(key: 1, value: value)), of: leader)
  }

  /// Asks a server for the value of the first key.
  mutating func read(at node: NodeID) throws -> RequestID {
    try ask(.query(KeyValueStore.Query(key: 1)), of: node)
  }

  /// The terms of the entries in a server's log.
  func terms(of node: NodeID) -> [UInt64] {
    let log = self[node].log
    return (0..<log.lastIndex.number).map { log[LogIndex($0 + 1)].term.number }
  }
}

extension RaftMessage {
  var isVoteRequest: Bool { if case .requestVote = self { true } else { false } }

  var isVoteReply: Bool { if case .voteReply = self { true } else { false } }

  var isAppendReply: Bool { if case .appendReply = self { true } else { false } }

  var isAppend: Bool { asAppend != nil }

  var asAppend: AppendEntries<Application>? {
    if case .append(let append) = self { append } else { nil }
  }
}

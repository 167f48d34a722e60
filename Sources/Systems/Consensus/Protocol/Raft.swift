import Determinism
public import ProtocolKit

/// A server of a replicated state machine, after Ongaro's dissertation (chapters 3 and 6).
///
/// One rule governs persistence: whatever a message promises is in the journal and synced before
/// the message leaves. `promise` enforces it by holding messages back until the sync is reported.
public struct Raft<Application: ReplicatedApplication>: StateMachine {
  /// What servers and clients send each other.
  public typealias Message = RaftMessage<Application>
  /// What every server is told.
  public typealias Configuration = RaftConfiguration
  /// The rules of the paper.
  public typealias Rules = RaftInvariants<Application>

  /// What a server waits for.
  public enum Timer: UInt64, Sendable {
    /// Too long without a leader.
    case election = 1
    /// Time to tell the followers that the leader lives.
    case heartbeat = 2
  }

  /// A query that waits for proof that we still lead, and for its index to be applied.
  struct PendingRead: Sendable {
    let client: NodeID
    let request: RequestID
    let query: Application.Query
    let round: UInt64
    let readIndex: LogIndex
  }

  /// This server.
  public let id: NodeID
  let configuration: RaftConfiguration
  /// Which release of the protocol this server runs.
  public let version: Int
  /// The other servers.
  let peers: [NodeID]

  /// The latest term this server has seen.
  public internal(set) var term = Term.zero
  /// The candidate this server voted for in that term.
  public internal(set) var votedFor: NodeID?
  /// The replicated log as this server has it.
  public internal(set) var log = RaftLog<Application>()
  /// Follower, candidate or leader.
  public internal(set) var role = Role.follower(leader: nil)
  /// The last entry known to be committed.
  public internal(set) var commitIndex = LogIndex.zero
  /// The last entry that was applied.
  public internal(set) var appliedIndex = LogIndex.zero

  /// Whether this server takes itself for the leader; another one may know better.
  public var isLeading: Bool { role.isLeader }

  var state: SessionedApplication<Application>
  /// The last entry that is on this server's disk.
  var durableIndex = LogIndex.zero
  /// What waits for the disk before it is told.
  var gate = PromiseGate<Message>()
  var syncRequested = JournalPosition.start
  var isHardStateDirty = false
  var pendingReads: [PendingRead] = []

  /// Creates a server from what survived in its journal.
  public init(
    id: NodeID, configuration: RaftConfiguration, recovery: Recovery
  ) throws(RecoveryFailure) {
    self.id = id
    self.configuration = configuration
    version = recovery.version
    peers = configuration.members.others(than: id)
    state = SessionedApplication(maxSessions: configuration.maxSessions)
    try recovery.replay(VersionedRaftRecord<Application>.self) { content, position in
      guard content.version <= recovery.version else {
        return "a record of release \(recovery.version), not \(content.version)"
      }
      return recover(content.record, at: position)
        ? nil : "the next entry of the log or an earlier one"
    }
  }

  /// Takes up what a record holds; returns false if it does not continue what came before.
  private mutating func recover(
    _ record: RaftRecord<Application>, at position: JournalPosition
  ) -> Bool {
    switch record {
    case .hardState(let term, let vote):
      self.term = term
      votedFor = vote
    case .entry(let index, let entry):
      guard index > .zero, index <= log.lastIndex.next else { return false }
      log.truncate(from: index)
      log.append(entry, at: position)
    }
    return true
  }

  /// Begins as a follower.
  ///
  /// Records that a crashed process wrote may not be on the disk yet, so the journal is synced
  /// first; until then nothing is promised on their strength.
  public mutating func start(_ effects: inout Effects<Message>) {
    resetElectionTimer(&effects)
    finishStep(&effects)
  }

  /// Handles a message from another server or a client.
  public mutating func receive(
    _ message: Message, from sender: NodeID, _ effects: inout Effects<Message>
  ) throws(InvariantViolation) {
    switch message {
    case .requestVote(let request): receive(request, from: sender, &effects)
    case .voteReply(let term, let isGranted):
      receiveVote(term: term, isGranted: isGranted, from: sender, &effects)
    case .append(let append): try receive(append, from: sender, &effects)
    case .appendReply(let reply): receive(reply, from: sender, &effects)
    case .request(let request): receive(request, from: sender, &effects)
    case .reply: break  // only clients ask
    }
    finishStep(&effects)
  }

  /// Handles a timer.
  public mutating func timerFired(_ timer: Timer, _ effects: inout Effects<Message>) {
    switch timer {
    case .election: startElection(&effects)
    case .heartbeat: sendHeartbeats(&effects)
    }
    finishStep(&effects)
  }

  /// Releases the messages that waited for the disk, and counts this server's own copy.
  public mutating func journalSynced(
    _ position: JournalPosition, _ effects: inout Effects<Message>
  ) {
    gate.open(through: position, &effects)
    while durableIndex < log.lastIndex, log.position(at: durableIndex.next) <= gate.synced {
      durableIndex = durableIndex.next
    }
    countOwnVote(&effects)
    advanceCommit(&effects)
    finishStep(&effects)
  }
}

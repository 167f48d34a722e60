import Determinism
public import ProtocolKit

/// What must hold in a Raft cluster after every event, as an omniscient observer checks it.
///
/// The safety properties of figure 3.2 of the dissertation, and what a promise rests on: one vote a
/// term across restarts, and durability at a majority when an entry commits. Each check looks only
/// at the server that changed; an entry is hashed once, when it first appears in a log.
public struct RaftInvariants<Application: ReplicatedApplication>: Invariants {
  /// The servers that are judged.
  public typealias Machine = Raft<Application>

  /// An entry as the observer remembers it.
  struct Shadow: Sendable {
    let term: Term
    let position: JournalPosition
    /// The hash of this entry and everything before it.
    let prefix: Digest
  }

  /// What the observer remembers of one server.
  struct Ghost: Sendable {
    var log: ChunkedLog<Shadow> = []
    var synced = JournalPosition.start
    var term = Term.zero
    var commitIndex = LogIndex.zero
    var appliedIndex = LogIndex.zero
    /// The term it led when last seen, if it led.
    var leads: Term?
    /// The latest term that any of its messages told.
    var toldTerm = Term.zero
    /// The latest vote it took, in its state.
    var vote: (term: Term, candidate: NodeID)?
    /// The end of its log as it told it when it asked for votes, and the term that it asked in.
    var claim: (term: Term, last: (term: Term, index: LogIndex))?
    /// Whether it runs, as far as was seen.
    var isUp = false
    /// The latest vote it told anyone of.
    var toldVote: (term: Term, candidate: NodeID)?
  }

  /// A committed entry.
  struct Committed: Sendable {
    let entryTerm: Term
    let prefix: Digest
    /// The server that was first seen to have committed it, and its term.
    let by: NodeID
    let inTerm: Term
  }

  let members: Membership
  var ghosts: MemberMap<Ghost>
  var leaders = SortedMap<Term, NodeID>()
  var committed: ChunkedLog<Committed> = []
  /// For each index the hashes of the prefixes that end there, one for each term.
  var prefixes: ChunkedLog<[Shadow]> = []
  let quorum: Int
  /// How many entries were committed when all faults had ended.
  var committedAtHeal = 0
  var counts = RuleCounts()

  /// The rules of the paper, and those of promises.
  public static var rules: [Rule] { RaftRule.all.map(\.rule) }

  /// How often each rule had something to decide.
  public var exercised: [Int] { RaftRule.all.map { counts[keyPath: $0.count] } }

  /// Creates the observer of a cluster before its first event.
  public init(configuration: RaftConfiguration, nodeCount: Int) {
    members = configuration.members
    ghosts = MemberMap(repeating: Ghost(), of: members)
    quorum = configuration.quorums.deciding
  }

  /// Looks at a message: terms and votes that were told bind a server for ever.
  public mutating func observeSend(
    of message: RaftMessage<Application>, from sender: NodeID, to recipient: NodeID
  ) throws(InvariantViolation) {
    switch message {
    case .requestVote(let request):
      try tell(term: request.term, by: sender)
      try tell(voteFor: sender, in: request.term, by: sender)
      ghosts[sender].claim = (request.term, (request.lastTerm, request.lastIndex))
    case .voteReply(let term, let isGranted):
      try tell(term: term, by: sender)
      if isGranted { try tell(voteFor: recipient, in: term, by: sender) }
    case .append(let append): try tell(term: append.term, by: sender)
    case .appendReply(let reply): try tell(term: reply.term, by: sender)
    case .request, .reply: break
    }
  }

  /// Looks at a server after an event.
  public mutating func observe(
    _ server: Raft<Application>, at node: NodeID, synced: JournalPosition
  ) throws(InvariantViolation) {
    ghosts[node].synced = synced
    counts.events += 1
    try checkMonotone(server, at: node)
    try checkVote(of: server, at: node)
    ghosts[node].isUp = true
    try mirrorLog(of: server, at: node)
    try checkLeadership(of: server, at: node)
    if server.commitIndex > ghosts[node].commitIndex { try checkCommit(of: server, at: node) }
    ghosts[node].appliedIndex = server.appliedIndex
  }

  /// Forgets what a server had in memory only.
  public mutating func observeCrash(of node: NodeID, journalEnd: JournalPosition) {
    ghosts[node].term = .zero
    ghosts[node].commitIndex = .zero
    ghosts[node].appliedIndex = .zero
    ghosts[node].leads = nil
    ghosts[node].isUp = false
    while let last = ghosts[node].log.last, last.position > journalEnd {
      ghosts[node].log.truncate(to: ghosts[node].log.count - 1)
    }
    ghosts[node].synced = min(ghosts[node].synced, journalEnd)
  }

  /// Forgets a server whole: its votes and terms, too, went with its disk.
  public mutating func observeWipe(of node: NodeID) {
    ghosts[node] = Ghost()
  }

  /// Remembers what every server is to have in the end.
  public mutating func observeHeal() {
    committedAtHeal = committed.count
  }

  /// Where somebody leads in the end, no live server may lack what was committed at the heal.
  ///
  /// Whether anybody leads is for progress to say, which is judged by what clients saw.
  public mutating func observeEnd() throws(InvariantViolation) {
    guard members.nodes.contains(where: { ghosts[$0].isUp && ghosts[$0].leads != nil })
    else { return }
    for node in members.nodes where ghosts[node].isUp {
      counts.settled += 1
      guard ghosts[node].commitIndex.number < committedAtHeal else { continue }
      throw RaftRule.catchUp.broken(
        "a live server lacks entries that were committed before the faults healed",
        detail: "\(node) committed up to \(ghosts[node].commitIndex) of \(committedAtHeal) entries")
    }
  }
}

/// Promises and numbers that never go back.
extension RaftInvariants {
  private mutating func tell(term: Term, by node: NodeID) throws(InvariantViolation) {
    ghosts[node].toldTerm = max(ghosts[node].toldTerm, term)
  }

  /// One vote a term, across restarts (section 3.4: the vote is persistent).
  private mutating func tell(
    voteFor candidate: NodeID, in term: Term, by node: NodeID
  ) throws(InvariantViolation) {
    counts.votes += 1
    if let told = ghosts[node].toldVote, told.term == term, told.candidate != candidate {
      throw RaftRule.oneVotePerTerm.broken(
        "a server voted twice in one term",
        detail: "\(node) voted for \(told.candidate) and for \(candidate) in term \(term)")
    }
    if (ghosts[node].toldVote?.term ?? .zero) <= term {
      ghosts[node].toldVote = (term, candidate)
    }
  }

  /// A new vote is compared with what its candidate said about its log (section 3.6.1).
  private mutating func checkVote(
    of server: Raft<Application>, at node: NodeID
  ) throws(InvariantViolation) {
    guard let candidate = server.votedFor else { return }
    if let known = ghosts[node].vote, known == (server.term, candidate) { return }
    ghosts[node].vote = (server.term, candidate)
    // What a restarted server finds on its disk was voted long ago.
    guard ghosts[node].isUp, candidate != node, let claim = ghosts[candidate].claim,
      claim.term == server.term
    else { return }
    counts.judgedVotes += 1
    let own = (ghosts[node].log.last?.term ?? .zero, LogIndex(ghosts[node].log.count))
    guard (claim.last.term, claim.last.index) < own else { return }
    throw RaftRule.electionRestriction.broken(
      "a server voted for a candidate whose log is behind its own",
      detail: "\(node) voted for \(candidate) in term \(server.term), whose log ends at entry "
        + "\(claim.last.index) of term \(claim.last.term), its own at entry \(own.1) of term \(own.0)"
    )
  }

  private mutating func checkMonotone(
    _ server: Raft<Application>, at node: NodeID
  ) throws(InvariantViolation) {
    let latest = max(ghosts[node].term, ghosts[node].toldTerm)
    if server.term < latest {
      throw RaftRule.monotoneTerm.broken(
        "a server's term went back",
        detail: "\(node) is in term \(server.term) after term \(latest)")
    }
    let known = (commit: ghosts[node].commitIndex, applied: ghosts[node].appliedIndex)
    if server.commitIndex < known.commit {
      throw RaftRule.monotoneCommit.broken(
        "a server's commit index went back",
        detail: "\(node) went from \(known.commit) to \(server.commitIndex)")
    }
    if server.appliedIndex < known.applied || server.appliedIndex > server.commitIndex {
      throw RaftRule.monotoneApplied.broken(
        "a server's applied index went back or ran ahead",
        detail:
          "\(node) applied \(server.appliedIndex) after \(known.applied), commit \(server.commitIndex)"
      )
    }
    ghosts[node].term = server.term
  }
}

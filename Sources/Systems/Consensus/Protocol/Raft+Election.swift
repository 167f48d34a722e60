import Determinism
import ProtocolKit

/// How a leader is elected: dissertation, sections 3.4 and 3.6.
extension Raft {
  /// Waits for a leader, for a random time so that rival candidates are rare.
  func resetElectionTimer(_ effects: inout Effects<Message>) {
    let shortest = configuration.electionTimeout
    effects.setTimer(Timer.election, after: effects.choose().between(shortest, shortest * 2))
  }

  /// Becomes a candidate in the next term.
  mutating func startElection(_ effects: inout Effects<Message>) {
    guard !role.isLeader else { return }
    enter(term.next, votingFor: id)
    effects.mark("election-started")
    effects.note("\(id) hears no leader and starts an election in term \(term)")
    resetElectionTimer(&effects)
    let request = RequestVote(term: term, lastIndex: log.lastIndex, lastTerm: log.lastTerm)
    for peer in peers { promise(.requestVote(request), to: peer, &effects) }
    finishStep(&effects)
    role = .candidate(Candidacy(ownVote: effects.journalEnd))
  }

  /// Grants or refuses a vote: one per term, and only to a candidate whose log is up to date.
  mutating func receive(
    _ request: RequestVote, from candidate: NodeID, _ effects: inout Effects<Message>
  ) {
    stepDownIfBehind(request.term, &effects)
    let isUpToDate = (request.lastTerm, request.lastIndex) >= (log.lastTerm, log.lastIndex)
    let isFree = votedFor == nil || votedFor == candidate
    let isGranted = request.term == term && isFree && isUpToDate
    if isGranted, votedFor == nil {
      votedFor = candidate
      isHardStateDirty = true
    }
    if isGranted {
      effects.mark("vote-granted")
      effects.note("\(id) votes for \(candidate) in term \(term)")
      resetElectionTimer(&effects)
    }
    promise(.voteReply(term: term, isGranted: isGranted), to: candidate, &effects)
  }

  /// Counts a vote, and leads once a majority has granted theirs.
  mutating func receiveVote(
    term voteTerm: Term, isGranted: Bool, from voter: NodeID, _ effects: inout Effects<Message>
  ) {
    stepDownIfBehind(voteTerm, &effects)
    let isCurrent = voteTerm == term || configuration.defects.contains(.staleVoteReply)
    guard isGranted, isCurrent, case .candidate(var candidacy) = role else { return }
    candidacy.votes.insert(voter)
    role = .candidate(candidacy)
    leadIfElected(&effects)
  }

  /// Counts this server's vote for itself once it is on the disk.
  mutating func countOwnVote(_ effects: inout Effects<Message>) {
    guard case .candidate(var candidacy) = role, candidacy.ownVote <= gate.synced else { return }
    candidacy.votes.insert(id)
    role = .candidate(candidacy)
    leadIfElected(&effects)
  }

  private mutating func leadIfElected(_ effects: inout Effects<Message>) {
    guard case .candidate(let candidacy) = role,
      candidacy.votes.contains(id), candidacy.votes.count >= configuration.electionQuorum
    else { return }
    let next = log.lastIndex.next
    let progress = Leadership.Progress(nextIndex: next, resendIndex: next)
    role = .leader(
      Leadership(
        followers: MemberMap(repeating: progress, of: configuration.members),
        firstIndex: next))
    effects.mark("leader-elected")
    effects.note("\(id) leads term \(term)")
    effects.cancelTimer(Timer.election)
    // A leader cannot commit entries of earlier terms by counting, so it begins with one of its own.
    append(LogEntry(term: term, payload: .noop), &effects)
    sendHeartbeats(&effects)
  }

  /// Follows when someone is in a later term.
  mutating func stepDownIfBehind(_ other: Term, _ effects: inout Effects<Message>) {
    guard other > term else { return }
    let wasLeader = role.isLeader
    if wasLeader { abandonLeadership(&effects) }
    enter(other, votingFor: nil)
    role = .follower(leader: nil)
    if wasLeader { resetElectionTimer(&effects) }
  }

  private mutating func enter(_ newTerm: Term, votingFor candidate: NodeID?) {
    term = newTerm
    votedFor = candidate
    isHardStateDirty = true
  }
}

import Determinism
import ProtocolKit

/// How entries reach a majority: dissertation, section 3.5, with its faster back-off.
extension Raft {
  /// Tells every follower that we lead, and asks whether they agree.
  mutating func sendHeartbeats(_ effects: inout Effects<Message>) {
    guard role.isLeader else { return }
    effects.setTimer(Timer.heartbeat, after: configuration.heartbeatInterval)
    for peer in peers { rewindIfSilent(peer) }
    startRound(&effects)
  }

  /// Sends everyone an append of a new round; answers to it prove that we lead now.
  mutating func startRound(_ effects: inout Effects<Message>) {
    role.leadership?.round += 1
    for peer in peers { sendAppend(to: peer, mayBeEmpty: true, &effects) }
    // Where a server alone is a quorum, nobody's answer will end its round.
    if configuration.quorums.deciding == 1 { confirmRound(&effects) }
  }

  /// Sends new entries to every follower that has room for them.
  mutating func replicate(_ effects: inout Effects<Message>) {
    for peer in peers { sendAppend(to: peer, mayBeEmpty: false, &effects) }
  }

  /// After a silent heartbeat interval, unanswered entries count as lost and are sent again.
  private mutating func rewindIfSilent(_ peer: NodeID) {
    guard let progress = role.leadership?.followers[peer] else { return }
    role.leadership?.followers[peer].isResponsive = false
    guard !progress.isResponsive else { return }
    role.leadership?.followers[peer].nextIndex = progress.resendIndex
    role.leadership?.followers[peer].inFlight = 0
  }

  private mutating func sendAppend(
    to peer: NodeID, mayBeEmpty: Bool, _ effects: inout Effects<Message>
  ) {
    guard let round = role.leadership?.round, let progress = role.leadership?.followers[peer]
    else { return }
    let hasRoom = progress.inFlight < configuration.maxAppendsInFlight
    let entries =
      hasRoom
      ? log.entries(from: progress.nextIndex, atMost: configuration.maxEntriesPerAppend) : []
    guard mayBeEmpty || !entries.isEmpty else { return }
    let previous = progress.nextIndex.previous
    let append = AppendEntries(
      term: term, previousIndex: previous, previousTerm: log.term(at: previous) ?? .zero,
      entries: entries, commitIndex: commitIndex, round: round)
    effects.send(.append(append), to: peer)
    guard !entries.isEmpty else { return }
    role.leadership?.followers[peer].nextIndex = progress.nextIndex.advanced(by: entries.count)
    role.leadership?.followers[peer].inFlight += 1
  }

  /// Accepts a leader's entries if our log agrees with what comes before them.
  mutating func receive(
    _ append: AppendEntries<Application>, from leader: NodeID, _ effects: inout Effects<Message>
  ) throws(InvariantViolation) {
    stepDownIfBehind(append.term, &effects)
    var outcome = conflict(with: append)
    if append.term == term {
      if case .leader = role { return }  // two leaders of one term: the invariants report it
      role = .follower(leader: leader)
      resetElectionTimer(&effects)
      if outcome == nil {
        try store(append, &effects)
        let last = append.previousIndex.advanced(by: append.entries.count)
        commit(upTo: min(append.commitIndex, last), &effects)
        outcome = .matched(last)
      }
    }
    let previous = append.previousIndex
    // Rounds begin anew with every leadership, so one of an earlier term proves nothing.
    var reply = AppendReply(
      term: term, round: append.term == term ? append.round : 0,
      outcome: outcome ?? .conflict(at: previous, term: nil, first: previous))
    if version >= RaftRelease.tellsCommitInConflicts, case .conflict = reply.outcome {
      reply.committed = commitIndex
    }
    if configuration.defects.contains(.ackBeforeFsync) {
      effects.note("\(id) answers without waiting for its disk")
      effects.send(.appendReply(reply), to: leader)
    } else {
      promise(.appendReply(reply), to: leader, &effects)
    }
  }

  /// Where our log and the leader's differ, or nil if ours contains what comes before its entries.
  private func conflict(with append: AppendEntries<Application>) -> AppendReply.Outcome? {
    guard let ours = log.term(at: append.previousIndex) else {
      return .conflict(at: append.previousIndex, term: nil, first: log.lastIndex.next)
    }
    guard ours != append.previousTerm else { return nil }
    let first = log.firstIndex(ofTermAt: append.previousIndex)
    return .conflict(at: append.previousIndex, term: ours, first: first)
  }

  /// Adds the entries that we lack; only a real conflict removes entries of ours.
  private mutating func store(
    _ append: AppendEntries<Application>, _ effects: inout Effects<Message>
  ) throws(InvariantViolation) {
    var index = append.previousIndex
    for entry in append.entries {
      index = index.next
      let ours = log.term(at: index)
      if ours == entry.term { continue }
      if ours != nil {
        guard index > commitIndex else {
          throw RaftRule.stateMachineSafety.broken(
            "a leader overwrites a committed entry",
            detail: "\(id) committed entry \(index), the leader of term \(term) has another one")
        }
        effects.mark("entries-truncated")
        effects.note("\(id) drops entry \(index) and what follows: its leader has other entries")
        truncate(from: index)
      }
      self.append(entry, &effects)
    }
  }

  /// Learns how far a follower's log equals ours.
  mutating func receive(
    _ reply: AppendReply, from follower: NodeID, _ effects: inout Effects<Message>
  ) {
    stepDownIfBehind(reply.term, &effects)
    guard reply.term == term, var progress = role.leadership?.followers[follower] else { return }
    progress.isResponsive = true
    progress.round = max(progress.round, reply.round)
    progress.inFlight = max(0, progress.inFlight - 1)
    switch reply.outcome {
    case .matched(let index):
      progress.matchIndex = max(progress.matchIndex, index)
      progress.nextIndex = max(progress.nextIndex, progress.matchIndex.next)
      progress.resendIndex = progress.matchIndex.next
    case .conflict(let index, let conflictTerm, let first):
      if index > progress.matchIndex {
        effects.mark("log-conflict")
        let sameTerm = conflictTerm.flatMap { log.lastIndex(of: $0, atMost: index) }
        let candidate = max(min(sameTerm?.next ?? first, index), noEarlier(than: reply.committed))
        progress.nextIndex = max(candidate, progress.matchIndex.next)
        progress.resendIndex = progress.nextIndex
        progress.inFlight = 0
      }
    }
    role.leadership?.followers[follower] = progress
    advanceCommit(&effects)
    confirmRound(&effects)
    sendAppend(to: follower, mayBeEmpty: false, &effects)
  }

  /// Where backing off may stop: what a follower committed is in every leader's log.
  ///
  /// Release 1 does not know of this and backs off further; both end at the same place.
  private func noEarlier(than committed: LogIndex?) -> LogIndex {
    guard version >= RaftRelease.tellsCommitInConflicts, let committed else { return .zero }
    return min(committed, log.lastIndex).next
  }

  /// Commits what a majority has on disk, provided that it ends with an entry of our own term.
  ///
  /// Entries of earlier terms are committed along with it, never by counting alone (figure 8).
  mutating func advanceCommit(_ effects: inout Effects<Message>) {
    guard let followers = role.leadership?.followers else { return }
    var copies = ContiguousArray(
      configuration.members.nodes.map { $0 == id ? durableIndex : followers[$0].matchIndex })
    let agreed = configuration.quorums.reached(&copies)
    let isOfOurTerm =
      log.term(at: agreed) == term || configuration.defects.contains(.commitPriorTerm)
    guard agreed > commitIndex, isOfOurTerm else { return }
    commit(upTo: agreed, &effects)
  }
}

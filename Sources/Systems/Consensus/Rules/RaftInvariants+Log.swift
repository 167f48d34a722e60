import Determinism
import ProtocolKit

/// Rules about the contents of logs.
extension RaftInvariants {
  /// Follows the changes of a server's log, and checks Log Matching and Leader Append-Only.
  ///
  /// A journal record is written once, so equal positions mean that nothing up to there changed.
  mutating func mirrorLog(
    of server: Raft<Application>, at node: NodeID
  ) throws(InvariantViolation) {
    let known = ghosts[node].log.count
    var kept = min(known, server.log.lastIndex.number)
    while kept > 0,
      ghosts[node].log[kept - 1].position != server.log.position(at: LogIndex(kept))
    {
      kept -= 1
    }
    if kept < known {
      if ghosts[node].leads == server.term, server.role.isLeader {
        throw RaftRule.leaderAppendOnly.broken(
          "a leader removed an entry of its own log",
          detail: "\(node) removed entry \(kept + 1) while it led term \(server.term)")
      }
      ghosts[node].log.truncate(to: kept)
    }
    while ghosts[node].log.count < server.log.lastIndex.number {
      try mirrorEntry(at: LogIndex(ghosts[node].log.count + 1), of: server, node)
    }
  }

  /// Hashes a new entry and compares it with the same entry of other logs (Log Matching).
  private mutating func mirrorEntry(
    at index: LogIndex, of server: Raft<Application>, _ node: NodeID
  ) throws(InvariantViolation) {
    let entry = server.log[index]
    var prefix = ghosts[node].log.last?.prefix ?? Digest()
    prefix.absorb(entry)
    let shadow = Shadow(term: entry.term, position: server.log.position(at: index), prefix: prefix)
    ghosts[node].log.append(shadow)
    if prefixes.count < index.number { prefixes.append([]) }
    guard let known = prefixes[index.number - 1].first(where: { $0.term == entry.term }) else {
      prefixes[index.number - 1].append(shadow)
      return
    }
    counts.comparedEntries += 1
    guard known.prefix == prefix else {
      throw RaftRule.logMatching.broken(
        "two logs agree on an entry but not on what precedes it",
        detail: "\(node) has entry \(index) of term \(entry.term) after another prefix")
    }
  }

  /// Checks Election Safety and Leader Completeness when a server is first seen to lead a term.
  mutating func checkLeadership(
    of server: Raft<Application>, at node: NodeID
  ) throws(InvariantViolation) {
    guard server.role.isLeader else {
      ghosts[node].leads = nil
      return
    }
    guard ghosts[node].leads != server.term else {
      counts.leaderEvents += 1
      return
    }
    ghosts[node].leads = server.term
    counts.elections += 1
    if let other = leaders[server.term], other != node {
      throw RaftRule.electionSafety.broken(
        "two servers lead one term",
        detail: "\(other) and \(node) both lead term \(server.term)")
    }
    leaders[server.term] = node
    var last = committed.count
    while last > 0, committed[last - 1].inTerm >= server.term { last -= 1 }
    if last > 0 { counts.electionsAfterCommits += 1 }
    guard last == 0 || has(committed[last - 1], at: LogIndex(last), node) else {
      throw leaderCompletenessViolation(node, LogIndex(last), server.term)
    }
  }

  /// Checks State Machine Safety, durability and Leader Completeness when a server commits.
  mutating func checkCommit(
    of server: Raft<Application>, at node: NodeID
  ) throws(InvariantViolation) {
    let first = ghosts[node].commitIndex.number
    let last = server.commitIndex.number
    ghosts[node].commitIndex = server.commitIndex
    guard last <= ghosts[node].log.count else {
      throw RaftRule.stateMachineSafety.broken(
        "a server committed an entry that it does not have",
        detail: "\(node) committed \(last) but its log ends at \(ghosts[node].log.count)")
    }
    for number in first..<last {
      let shadow = ghosts[node].log[number]
      guard number < committed.count else {
        committed.append(
          Committed(
            entryTerm: shadow.term, prefix: shadow.prefix, by: node, inTerm: server.term))
        continue
      }
      counts.comparedCommits += 1
      guard committed[number].prefix == shadow.prefix else {
        throw RaftRule.stateMachineSafety.broken(
          "two servers committed different entries",
          detail:
            "\(node) committed another entry \(number + 1) than \(committed[number].by) did before")
      }
    }
    guard last == committed.count, let newest = committed.last else { return }
    counts.commits += 1
    try checkDurability(of: newest, at: LogIndex(last))
    try checkLaterLeaders(of: newest, at: LogIndex(last))
  }

  /// An entry that commits must be on the disks of a majority at that moment.
  private func checkDurability(
    of entry: Committed, at index: LogIndex
  ) throws(InvariantViolation) {
    let copies = members.nodes.filter { node in
      has(entry, at: index, node)
        && ghosts[node].log[index.number - 1].position <= ghosts[node].synced
    }
    guard copies.count < quorum else { return }
    throw RaftRule.durability.broken(
      "an entry committed before a majority had it on disk",
      detail:
        "\(entry.by) committed entry \(index) with \(copies.count) of the \(quorum) copies on disk "
        + "that it takes")
  }

  /// A leader elected before an entry committed in an earlier term must have had it already.
  private func checkLaterLeaders(
    of entry: Committed, at index: LogIndex
  ) throws(InvariantViolation) {
    guard let latest = leaders.keys.last, latest > entry.inTerm, let node = leaders[latest],
      ghosts[node].leads == latest, !has(entry, at: index, node)
    else { return }
    throw leaderCompletenessViolation(node, index, latest)
  }

  /// Whether a server's log contains a committed entry and all that precedes it.
  private func has(_ entry: Committed, at index: LogIndex, _ node: NodeID) -> Bool {
    index.number <= ghosts[node].log.count
      && ghosts[node].log[index.number - 1].prefix == entry.prefix
  }

  private func leaderCompletenessViolation(
    _ node: NodeID, _ index: LogIndex, _ term: Term
  ) -> InvariantViolation {
    let entry = committed[index.number - 1]
    return RaftRule.leaderCompleteness.broken(
      "a leader lacks a committed entry",
      detail: "\(node) leads term \(term) without entry \(index), "
        + "which \(entry.by) committed in term \(entry.inTerm)")
  }
}

/// The rules of a Raft cluster, in the order in which reports list them.
enum RaftRule: String, CaseIterable, Sendable {
  case electionSafety = "election-safety"
  case leaderAppendOnly = "leader-append-only"
  case logMatching = "log-matching"
  case leaderCompleteness = "leader-completeness"
  case stateMachineSafety = "state-machine-safety"
  case monotoneTerm = "monotone-term"
  case monotoneCommit = "monotone-commit"
  case monotoneApplied = "monotone-applied"
  case oneVotePerTerm = "one-vote-per-term"
  case durability

  /// Why it matters, for people who see it broken.
  var rationale: String {
    switch self {
    case .electionSafety:
      "A term has at most one leader: two would put different entries at the same place of the log "
        + "under the same term, and nobody could tell them apart."
    case .leaderAppendOnly:
      "A leader only adds to its log: what it removes may have been counted as committed."
    case .logMatching:
      "Logs that share an entry must share all before it: a leader that compares one entry relies "
        + "on that for the rest."
    case .leaderCompleteness:
      "A committed entry is in the log of every later leader: one without it overwrites the entry "
        + "on the others, and what clients were told is undone."
    case .stateMachineSafety:
      "All servers apply the same entry at each place: otherwise their states differ for ever."
    case .monotoneTerm, .monotoneCommit, .monotoneApplied:
      "Numbers that others were told never go back: whoever relied on them would be deceived."
    case .oneVotePerTerm:
      "A server votes for one candidate a term, even if it restarts between: with two votes two "
        + "candidates can both have a majority."
    case .durability:
      "A committed entry is on the disks of a majority: on fewer, one loss of power can make a "
        + "majority forget it."
    }
  }
}

/// How often each rule had something to decide: a rule that never had proves nothing.
struct RuleCounts: Sendable {
  var elections = 0
  var leaderEvents = 0
  var comparedEntries = 0
  var electionsAfterCommits = 0
  var comparedCommits = 0
  var events = 0
  var votes = 0
  var commits = 0

  /// The count of a rule.
  subscript(rule: RaftRule) -> Int {
    switch rule {
    case .electionSafety: elections
    case .leaderAppendOnly: leaderEvents
    case .logMatching: comparedEntries
    case .leaderCompleteness: electionsAfterCommits
    case .stateMachineSafety: comparedCommits
    case .monotoneTerm, .monotoneCommit, .monotoneApplied: events
    case .oneVotePerTerm: votes
    case .durability: commits
    }
  }
}

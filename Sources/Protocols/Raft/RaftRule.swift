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

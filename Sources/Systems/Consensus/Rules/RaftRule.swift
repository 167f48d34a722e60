import ProtocolKit

/// The rules of a Raft cluster.
enum RaftRule {
  static let electionSafety = Rule(
    "election-safety", "a term has at most one leader",
    because:
      "A term has at most one leader: two would put different entries at the same place of the "
      + "log under the same term, and nobody could tell them apart.")
  static let leaderAppendOnly = Rule(
    "leader-append-only", "a leader never removes entries of its own log",
    because: "A leader only adds to its log: what it removes may have been counted as committed.")
  static let logMatching = Rule(
    "log-matching", "logs with an entry of the same index and term are equal up to it",
    because: "Logs that share an entry must share all before it: a leader that compares one entry "
      + "relies on that for the rest.")
  static let leaderCompleteness = Rule(
    "leader-completeness", "a leader has every entry committed in an earlier term",
    because: "A committed entry is in the log of every later leader: one without it overwrites the "
      + "entry on the others, and what clients were told is undone.")
  static let stateMachineSafety = Rule(
    "state-machine-safety", "no two servers commit different entries at one index",
    because:
      "All servers apply the same entry at each place: otherwise their states differ for ever.")
  static let monotoneTerm = Rule(
    "monotone-term", "a term that was told never goes back, not even after a restart",
    because: deceived)
  static let monotoneCommit = Rule(
    "monotone-commit", "a commit index never goes back while a server runs", because: deceived)
  static let monotoneApplied = Rule(
    "monotone-applied", "what was applied grows, and never beyond what is committed",
    because: deceived)
  static let oneVotePerTerm = Rule(
    "one-vote-per-term", "a server votes for one candidate a term, across restarts",
    because:
      "A server votes for one candidate a term, even if it restarts between: with two votes two "
      + "candidates can both have a majority.")
  static let durability = Rule(
    "durability", "an entry that commits is on the disks of a quorum",
    because:
      "A committed entry is on the disks of a majority: on fewer, one loss of power can make a "
      + "majority forget it.")

  static let electionRestriction = Rule(
    "election-restriction", "a server votes only for a candidate whose log is up to date",
    because:
      "A vote goes only to a candidate whose log is at least as up to date as the voter's: a majority "
      + "has every committed entry, so whoever wins has it as well.")
  static let catchUp = Rule(
    "catch-up", "after the heal every live server commits what was committed by then",
    because:
      "Once all faults have ended, a leader brings every server up to date: one that never gets the "
      + "entries is a copy less than clients were promised.")

  private static let deceived =
    "Numbers that others were told never go back: whoever relied on them would be deceived."

  /// All of them with what counts their decisions, in the order in which reports list them.
  static let all: [(rule: Rule, count: any KeyPath<RuleCounts, Int> & Sendable)] = [
    (electionSafety, \.elections), (leaderAppendOnly, \.leaderEvents),
    (logMatching, \.comparedEntries), (leaderCompleteness, \.electionsAfterCommits),
    (stateMachineSafety, \.comparedCommits), (monotoneTerm, \.events),
    (monotoneCommit, \.events), (monotoneApplied, \.events), (oneVotePerTerm, \.votes),
    (durability, \.commits), (electionRestriction, \.judgedVotes), (catchUp, \.settled),
  ]
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
  var judgedVotes = 0
  var settled = 0
}

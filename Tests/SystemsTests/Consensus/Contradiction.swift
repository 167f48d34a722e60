import Determinism
import ProtocolKit

@testable import Consensus
@testable import Workloads

/// Something that cannot happen in a correct cluster, and the rule that it breaks.
struct Contradiction: Sendable, CustomStringConvertible {
  let property: String
  let description: String
  let happen: @Sendable (inout Observer) throws -> Void

  init(
    _ property: String, _ description: String,
    happen: @escaping @Sendable (inout Observer) throws -> Void
  ) {
    self.property = property
    self.description = description
    self.happen = happen
  }

  static let all = elections + logs + commits + numbers

  private static let elections = [
    Contradiction("election-safety", "two servers lead one term") { observer in
      try observer.see(n1, term: 2, leads: true)
      try observer.see(n2, term: 2, leads: true)
    },
    Contradiction("election-safety", "a second leader after the first one crashed") { observer in
      try observer.see(n1, term: 2, leads: true)
      observer.rules.observeCrash(of: n1, journalEnd: .start)
      try observer.see(n2, term: 2, leads: true)
    },
    Contradiction("one-vote-per-term", "a server votes for two candidates") { observer in
      try observer.send(.voteReply(term: Term(1), isGranted: true), from: n1, to: n2)
      try observer.send(.voteReply(term: Term(1), isGranted: true), from: n1, to: n3)
    },
    Contradiction("one-vote-per-term", "a candidate votes for another one") { observer in
      let request = RequestVote(term: Term(1), lastIndex: .zero, lastTerm: .zero)
      try observer.send(.requestVote(request), from: n1, to: n2)
      try observer.send(.voteReply(term: Term(1), isGranted: true), from: n1, to: n3)
    },
    Contradiction("election-restriction", "a vote for a candidate with fewer entries") { observer in
      try observer.see(n2, term: 1, log: [1, 1])
      let request = RequestVote(term: Term(2), lastIndex: LogIndex(1), lastTerm: Term(1))
      try observer.send(.requestVote(request), from: n1, to: n2)
      try observer.see(n2, term: 2, vote: n1, log: [1, 1])
    },
    Contradiction("election-restriction", "a vote for a longer log of an older term") { observer in
      try observer.see(n2, term: 2, log: [2])
      let request = RequestVote(term: Term(3), lastIndex: LogIndex(2), lastTerm: Term(1))
      try observer.send(.requestVote(request), from: n1, to: n2)
      try observer.see(n2, term: 3, vote: n1, log: [2])
    },
    Contradiction("catch-up", "a live server lacks what was committed at the heal") { observer in
      try observer.see(n1, log: [1], synced: 1)
      try observer.see(n2, log: [1], synced: 1)
      try observer.see(n2, leads: true, log: [1], synced: 1, commit: 1)
      observer.rules.observeHeal()
      try observer.rules.observeEnd()
    },
    Contradiction("one-vote-per-term", "a restarted server votes again") { observer in
      try observer.send(.voteReply(term: Term(1), isGranted: true), from: n1, to: n2)
      observer.rules.observeCrash(of: n1, journalEnd: .start)
      try observer.send(.voteReply(term: Term(1), isGranted: true), from: n1, to: n3)
    },
  ]

  private static let logs = [
    Contradiction("leader-append-only", "a leader's log shrinks") { observer in
      try observer.see(n1, leads: true, log: [1, 1])
      try observer.see(n1, leads: true, log: [1])
    },
    Contradiction("log-matching", "an entry follows one prefix here and another there") {
      observer in
      try observer.see(n1, term: 3, log: [1, 3])
      try observer.see(n2, term: 3, log: [2, 3])
    },
    Contradiction("log-matching", "an entry of a log that is gone follows another prefix") {
      observer in
      try observer.see(n1, term: 3, log: [1, 3])
      try observer.see(n1, term: 3)
      try observer.see(n2, term: 3, log: [2, 3])
    },
  ]

  private static let commits = [
    Contradiction("leader-completeness", "a later leader lacks a committed entry") { observer in
      try observer.see(n1, log: [1], synced: 1)
      try observer.see(n2, leads: true, log: [1], synced: 1, commit: 1)
      try observer.see(n3, term: 2, leads: true)
    },
    Contradiction("leader-completeness", "an entry commits after a leader without it was elected") {
      observer in
      try observer.see(n1, log: [1], synced: 1)
      try observer.see(n3, term: 2, leads: true)
      try observer.see(n2, leads: true, log: [1], synced: 1, commit: 1)
    },
    Contradiction("state-machine-safety", "two servers commit different entries") { observer in
      try observer.see(n1, term: 2, log: [1], synced: 1)
      try observer.see(n2, term: 2, log: [1], synced: 1, commit: 1)
      try observer.see(n3, term: 2, log: [2], synced: 1, commit: 1)
    },
    Contradiction("state-machine-safety", "a server commits an entry that it does not have") {
      try $0.see(n1, log: [1], synced: 1, commit: 2)
    },
    Contradiction("durability", "an entry commits that one server of three has on disk") {
      observer in
      try observer.see(n1, log: [1], synced: 1)
      try observer.see(n2, log: [1])
      try observer.see(n2, leads: true, log: [1], commit: 1)
    },
    Contradiction("durability", "an entry commits whose copy was lost with the power") { observer in
      try observer.see(n1, log: [1])
      observer.rules.observeCrash(of: n1, journalEnd: .start)
      try observer.see(n2, leads: true, log: [1], synced: 1, commit: 1)
    },
  ]

  private static let numbers = [
    Contradiction("monotone-term", "a running server's term goes back") { observer in
      try observer.see(n1, term: 2)
      try observer.see(n1, term: 1)
    },
    Contradiction("monotone-term", "a restarted server forgets a term that it told") { observer in
      try observer.send(.voteReply(term: Term(2), isGranted: false), from: n1, to: n2)
      observer.rules.observeCrash(of: n1, journalEnd: .start)
      try observer.see(n1, term: 1)
    },
    Contradiction("monotone-commit", "a running server's commit index goes back") { observer in
      try observer.see(n1, log: [1], synced: 1)
      try observer.see(n2, log: [1], synced: 1, commit: 1)
      try observer.see(n2, log: [1], synced: 1)
    },
    Contradiction("monotone-applied", "a server applies what is not committed") {
      try $0.see(n1, log: [1], synced: 1, applied: 1)
    },
    Contradiction("monotone-applied", "a running server's applied index goes back") { observer in
      try observer.see(n1, log: [1], synced: 1)
      try observer.see(n2, log: [1], synced: 1, commit: 1)
      try observer.see(n2, log: [1], synced: 1, commit: 1, applied: 0)
    },
  ]
}

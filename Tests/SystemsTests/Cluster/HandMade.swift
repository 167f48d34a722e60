import ProtocolKit
import TestKit

@testable import Consensus
@testable import Locks
@testable import Workloads

/// An append with no-ops of these terms, as a leader of a term might send it.
func append(
  _ term: UInt64, after previous: (index: Int, term: UInt64), terms: [UInt64], commit: Int = 0
) -> RaftCluster.Message {
  .append(
    AppendEntries(
      term: Term(term), previousIndex: LogIndex(previous.index),
      previousTerm: Term(previous.term),
      entries: terms.map { LogEntry(term: Term($0), payload: .noop) },
      commitIndex: LogIndex(commit), round: 1))
}

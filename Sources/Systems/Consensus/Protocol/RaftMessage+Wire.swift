public import Determinism
import ProtocolKit

/// How much room messages take on a link, and what damage makes of them.
extension RaftMessage {
  /// Forty bytes, and forty more for each entry.
  public var wireSize: Int {
    if case .append(let append) = self { 40 + 40 * append.entries.count } else { 40 }
  }

  /// The message with one field changed; what clients send and get cannot be read any more.
  ///
  /// Raft promises nothing on links that deliver such messages.
  public func corrupted(_ draw: Draw) -> RaftMessage? {
    switch self {
    case .requestVote(let request):
      .requestVote(
        RequestVote(
          term: request.term, lastIndex: request.lastIndex, lastTerm: request.lastTerm.next))
    case .voteReply(let term, let isGranted):
      .voteReply(term: term, isGranted: !isGranted)
    case .append(let append): .append(append.corrupted(draw))
    case .appendReply(let reply):
      .appendReply(
        AppendReply(term: reply.term, round: reply.round + 1, outcome: reply.outcome))
    case .request, .reply: nil
    }
  }
}

extension AppendEntries {
  /// The entries with another commit index, or without the last entry.
  fileprivate func corrupted(_ draw: Draw) -> AppendEntries {
    let losesEntry = !entries.isEmpty && draw.happens(.percent(50))
    return AppendEntries(
      term: term, previousIndex: previousIndex, previousTerm: previousTerm,
      entries: losesEntry ? entries.dropLast() : entries,
      commitIndex: losesEntry ? commitIndex : commitIndex.next, round: round)
  }
}

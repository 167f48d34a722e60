public import Determinism
public import ProtocolKit

/// What servers and clients of a Raft cluster send each other.
public enum RaftMessage<Application: ReplicatedApplication>: Sendable {
  /// A candidate asks for a vote.
  case requestVote(RequestVote)
  /// A server grants or refuses its vote.
  case voteReply(term: Term, isGranted: Bool)
  /// A leader replicates entries, and tells that it leads.
  case append(AppendEntries<Application>)
  /// A follower accepts or refuses entries.
  case appendReply(AppendReply)
  /// A client asks for something.
  case request(ServiceRequest<Application>)
  /// A server answers a client.
  case reply(ServiceReply<Application>)
}

/// A candidate's request for a vote (RequestVote in the paper).
public struct RequestVote: Hashable, Sendable {
  /// The candidate's term.
  public let term: Term
  /// The index of the candidate's last entry.
  public let lastIndex: LogIndex
  /// The term of the candidate's last entry.
  public let lastTerm: Term
}

/// A leader's entries for one follower (AppendEntries in the paper); a heartbeat has none.
public struct AppendEntries<Application: ReplicatedApplication>: Sendable {
  /// The leader's term.
  public let term: Term
  /// The index before the first entry.
  public let previousIndex: LogIndex
  /// The term of the entry there.
  public let previousTerm: Term
  /// The entries, in order.
  public let entries: [LogEntry<Application>]
  /// The leader's commit index.
  public let commitIndex: LogIndex
  /// The leader's latest round of asking whether it still leads.
  public let round: UInt64
}

/// A follower's answer to entries.
public struct AppendReply: Hashable, Sendable {
  /// What became of the entries.
  public enum Outcome: Hashable, Sendable {
    /// The follower's log equals the leader's up to this index, durably.
    case matched(LogIndex)
    /// The logs differ at the index before the entries, or the follower's ends before it.
    ///
    /// `term` is the follower's term there, `first` the first index at which it has that term, or
    /// the end of its log.
    case conflict(at: LogIndex, term: Term?, first: LogIndex)
  }

  /// The follower's term.
  public let term: Term
  /// The round that the leader gave, if it leads the follower's term, and otherwise zero.
  public let round: UInt64
  /// What became of the entries.
  public let outcome: Outcome
  /// How far the follower has committed, told from release 2 on when the logs differ.
  public var committed: LogIndex?
}

extension RaftMessage: ServiceMessage {
  /// The reply in this message, if it is one.
  public var asReply: ServiceReply<Application>? {
    if case .reply(let reply) = self { reply } else { nil }
  }

  /// Shows every field.
  public func visitFields(_ visitor: inout some FieldVisitor) {
    switch self {
    case .requestVote(let request):
      visitor.visit(case: 1)
      visitor.visit(request)
    case .voteReply(let term, let isGranted):
      visitor.visit(case: 2)
      visitor.visit(term)
      visitor.visit(isGranted)
    case .append(let append):
      visitor.visit(case: 3)
      visitor.visit(append)
    case .appendReply(let reply):
      visitor.visit(case: 4)
      visitor.visit(reply)
    case .request(let request):
      visitor.visit(case: 5)
      visitor.visit(request)
    case .reply(let reply):
      visitor.visit(case: 6)
      visitor.visit(reply)
    }
  }

  /// The message in words.
  public var description: String {
    switch self {
    case .requestVote(let request):
      "RequestVote term \(request.term), last entry \(request.lastIndex) of term \(request.lastTerm)"
    case .voteReply(let term, let isGranted):
      "vote \(isGranted ? "granted" : "refused") in term \(term)"
    case .append(let append): append.description
    case .appendReply(let reply): reply.description
    case .request(let request): "request \(request.id.number): \(request)"
    case .reply(let reply): "reply \(reply.id.number): \(reply)"
    }
  }
}

extension AppendEntries: CustomStringConvertible {
  /// The message in words.
  public var description: String {
    let content =
      entries.isEmpty
      ? "heartbeat"
      : "entries \(previousIndex.next)...\(previousIndex.advanced(by: entries.count))"
    return
      "Append term \(term), \(content), after \(previousIndex) of term \(previousTerm), commit \(commitIndex)"
  }
}

extension RequestVote: Visitable {
  /// Shows every field.
  public func visitFields(_ visitor: inout some FieldVisitor) {
    visitor.visit(term)
    visitor.visit(lastIndex)
    visitor.visit(lastTerm)
  }
}

extension AppendEntries: Visitable {
  /// Shows every field.
  public func visitFields(_ visitor: inout some FieldVisitor) {
    visitor.visit(term)
    visitor.visit(previousIndex)
    visitor.visit(previousTerm)
    visitor.visit(entries)
    visitor.visit(commitIndex)
    visitor.visit(round)
  }
}

extension AppendReply: Visitable {
  /// Shows every field.
  public func visitFields(_ visitor: inout some FieldVisitor) {
    visitor.visit(term)
    visitor.visit(round)
    visitor.visit(outcome)
    visitor.visit(committed)
  }
}

extension AppendReply.Outcome: Visitable {
  /// Shows every field.
  public func visitFields(_ visitor: inout some FieldVisitor) {
    switch self {
    case .matched(let index):
      visitor.visit(case: 1)
      visitor.visit(index)
    case .conflict(let index, let term, let first):
      visitor.visit(case: 2)
      visitor.visit(index)
      visitor.visit(term)
      visitor.visit(first)
    }
  }
}

extension AppendReply: CustomStringConvertible {
  /// The answer in words.
  public var description: String {
    switch outcome {
    case .matched(let index): "matched up to \(index) in term \(term)"
    case .conflict(let index, _, let first): "conflict at \(index), try \(first), term \(term)"
    }
  }
}

public import Determinism
public import Histories
public import ProtocolKit

/// Something that followed from an event, as data; a log shows its description.
public enum TraceNote: Hashable, Sendable {
  /// The protocol tells what it does.
  case told(Sentence)
  /// The protocol reached a marked place.
  case mark(String)
  /// A client asks for something.
  case asks(OperationID, Invocation)
  /// A client learns how an operation ended.
  case learns(OperationID, Invocation, Completion)
  /// A node begins to claim that it leads, or ceases to.
  case leads(NodeID, Bool)
  /// A node stands still from here on, because a pause was aimed at this mark.
  case stops(NodeID, after: String)
  /// A message that was sent here will not arrive.
  case lost(message: String, from: NodeID, to: NodeID, LossReason)
  /// The message that arrives here is lost.
  case isLost(LossReason)
  /// Anything else that the world does.
  case other(String)
}

/// Why a message does not reach its recipient.
public enum LossReason: Hashable, Sendable {
  /// It vanished by chance.
  case chance
  /// A fault cuts the link.
  case cut
  /// It was damaged, and a checksum told.
  case corrupted
  /// The queue of its link was full.
  case queueFull
  /// The recipient stands still, and its inbox is full.
  case inboxFull
  /// The connection ended when one of its ends died.
  case connectionBroken
  /// The recipient is down.
  case recipientDown
}

extension LossReason {
  /// The reason in a few words about a message from or to these nodes.
  public func words(to recipient: NodeID) -> String {
    switch self {
    case .chance: "lost on its way"
    case .cut: "lost: the link is cut"
    case .corrupted: "lost: damaged, and the checksum tells"
    case .queueFull: "lost: the link's queue is full"
    case .inboxFull: "lost: the inbox of \(recipient) is full"
    case .connectionBroken: "lost: its connection ended with an earlier life of \(recipient)"
    case .recipientDown: "lost: \(recipient) is down"
    }
  }
}

extension TraceNote {
  /// The note as a log shows it, below an event of this node.
  public func words(at node: NodeID) -> String {
    switch self {
    case .told(let sentence): sentence.text
    case .other(let text): text
    case .mark(let name): "mark: \(name)"
    case .asks(_, let invocation): "asks: \(invocation.words())"
    case .learns(_, let invocation, let completion):
      "learns: \(invocation.words()) -> \(completion.words(to: invocation))"
    case .leads(let node, let leads): leads ? "\(node) claims to lead" : "\(node) leads no longer"
    case .stops(let node, let mark): "\(node) stops right after \(mark)"
    case .lost(let message, let sender, let recipient, let reason):
      "\(reason.words(to: recipient)): \(sender) -> \(recipient)  \(message)"
    case .isLost(let reason): reason.words(to: node)
    }
  }
}

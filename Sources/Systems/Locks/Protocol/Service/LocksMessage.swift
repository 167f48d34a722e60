public import Consensus
public import Determinism
public import ProtocolKit

/// What the nodes of a cluster with a lock service, storages and holders send each other.
public enum LocksMessage: Sendable {
  /// Between servers, and commands with their replies.
  case raft(RaftMessage<LockService>)
  /// A client wants the events behind a revision, as soon as there are any.
  case watch(RequestID, after: Revision?)
  /// Events in order, of which the last has this revision.
  case watched(RequestID, [LockService.Event], upTo: Revision)
  /// A holder asks a storage.
  case storage(StorageRequest)
  /// A storage answers.
  case storageReply(StorageReply)
}

/// What the machines of such a cluster tell rules.
public enum LocksObservation: CoordinationObservation {
  /// A storage let a request in and carried it out.
  case served(ServedRequest)
  /// A watcher took over a version of the configuration.
  case adopted(Adoption)

  /// The request that a storage served, if it is one.
  public var asServed: ServedRequest? {
    if case .served(let request) = self { request } else { nil }
  }

  /// The version that a watcher took over, if it is one.
  public var asAdopted: Adoption? {
    if case .adopted(let adoption) = self { adoption } else { nil }
  }
}

extension LocksMessage: StorageMessage {
  /// What machines tell rules.
  public typealias Observation = LocksObservation

  /// The request in this message, if it is one.
  public var asStorageRequest: StorageRequest? {
    if case .storage(let request) = self { request } else { nil }
  }

  /// The reply in this message, if it is one.
  public var asStorageReply: StorageReply? {
    if case .storageReply(let reply) = self { reply } else { nil }
  }

  /// Raft's messages as Raft says; others are small.
  public var wireSize: Int {
    if case .raft(let message) = self { message.wireSize } else { 40 }
  }
}

extension LocksMessage: Visitable, CustomStringConvertible {
  /// Shows every field.
  public func visitFields(_ visitor: inout some FieldVisitor) {
    switch self {
    case .raft(let message):
      visitor.visit(case: 1)
      visitor.visit(message)
    case .watch(let id, let after):
      visitor.visit(case: 2)
      visitor.visit(id)
      visitor.visit(after)
    case .watched(let id, let events, let revision):
      visitor.visit(case: 3)
      visitor.visit(id)
      visitor.visit(events)
      visitor.visit(revision)
    case .storage(let request):
      visitor.visit(case: 4)
      visitor.visit(request)
    case .storageReply(let reply):
      visitor.visit(case: 5)
      visitor.visit(reply)
    }
  }

  /// The message in words.
  public var description: String {
    switch self {
    case .raft(let message): message.description
    case .watch(let id, let after):
      "watch \(id.number) from \(after.map { "revision \($0.number)" } ?? "now") on"
    case .watched(let id, let events, _):
      "watch \(id.number): \(events.map(\.description).joined(separator: ", "))"
    case .storage(let request): "storage request \(request.id.number): \(request)"
    case .storageReply(let reply): "storage reply \(reply.id.number): \(reply)"
    }
  }
}

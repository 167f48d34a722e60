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

extension LocksMessage: StorageMessage {
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

extension LocksMessage: Digestible, CustomStringConvertible {
  /// Adds the message to a digest.
  public func absorb(into digest: inout Digest) {
    switch self {
    case .raft(let message): message.absorb(into: &digest)
    case .watch(let id, let after): digest.absorb(id.number << 3 | 1, after?.number ?? .max)
    case .watched(let id, let events, let revision):
      digest.absorb(id.number << 3 | 2, revision.number)
      for event in events { digest.absorb(event) }
    case .storage(let request): digest.absorb(request)
    case .storageReply(let reply): digest.absorb(reply)
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

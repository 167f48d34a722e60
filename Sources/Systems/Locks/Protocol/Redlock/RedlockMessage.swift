public import Determinism
public import ProtocolKit

/// The random value by which a client recognises its own key.
public struct LockValue: WrappedNumber {
  /// The bits.
  public let number: UInt64

  /// Creates a value.
  public init(_ number: UInt64) {
    self.number = number
  }
}

/// What a client asks of one store.
public struct StoreRequest: Hashable, Sendable {
  /// The two commands that Redlock needs.
  public enum Action: Hashable, Sendable {
    /// `SET key value NX PX ttl`: take the key if nobody has it, for so long.
    case set(timeToLive: Nanoseconds)
    /// Delete the key if it has the value.
    case delete
  }

  /// Identifies the attempt to its client.
  public let id: RequestID
  /// The key.
  public let lock: LockName
  /// The client's value.
  public let value: LockValue
  /// What is asked.
  public let action: Action
}

/// What the nodes of a cluster with Redlock send each other.
public enum RedlockMessage: Sendable {
  /// A client asks a store.
  case store(StoreRequest)
  /// A store did what was asked, or not.
  case stored(RequestID, isDone: Bool)
  /// A holder asks a storage.
  case storage(StorageRequest)
  /// A storage answers.
  case storageReply(StorageReply)
}

/// A key that went from a store: whose it was and how long it had, at whose wish and when.
public struct KeyRemoval: Hashable, Sendable {
  let lock: LockName
  let owner: LockValue
  /// When it would have expired, on the store's wall clock.
  let end: LocalTime
  let by: LockValue
  /// When it went, on that clock.
  let at: LocalTime
}

/// What the machines of such a cluster tell rules.
public enum RedlockObservation: StorageObservation {
  /// A storage carried a request out.
  case served(ServedRequest)
  /// A store let go of a key.
  case removed(KeyRemoval)

  /// The request that a storage served, if it is one.
  public var asServed: ServedRequest? {
    if case .served(let request) = self { request } else { nil }
  }
}

extension RedlockMessage: StorageMessage {
  /// What machines tell rules.
  public typealias Observation = RedlockObservation

  /// The request in this message, if it is one.
  public var asStorageRequest: StorageRequest? {
    if case .storage(let request) = self { request } else { nil }
  }

  /// The reply in this message, if it is one.
  public var asStorageReply: StorageReply? {
    if case .storageReply(let reply) = self { reply } else { nil }
  }
}

extension StoreRequest: Visitable {
  /// Shows every field.
  public func visitFields(_ visitor: inout some FieldVisitor) {
    visitor.visit(id)
    visitor.visit(lock)
    visitor.visit(value)
    switch action {
    case .set(let timeToLive):
      visitor.visit(case: 1)
      visitor.visit(timeToLive)
    case .delete: visitor.visit(case: 2)
    }
  }
}

extension RedlockMessage: Visitable, CustomStringConvertible {
  /// Shows every field.
  public func visitFields(_ visitor: inout some FieldVisitor) {
    switch self {
    case .store(let request):
      visitor.visit(case: 1)
      visitor.visit(request)
    case .stored(let id, let isDone):
      visitor.visit(case: 2)
      visitor.visit(id)
      visitor.visit(isDone)
    case .storage(let request):
      visitor.visit(case: 3)
      visitor.visit(request)
    case .storageReply(let reply):
      visitor.visit(case: 4)
      visitor.visit(reply)
    }
  }

  /// The message in words.
  public var description: String {
    switch self {
    case .store(let request):
      switch request.action {
      case .set(let span):
        "request \(request.id.number): SET lock/\(request.lock) NX PX \(span.inWords)"
      case .delete: "request \(request.id.number): DEL lock/\(request.lock) if mine"
      }
    case .stored(let id, let isDone): "reply \(id.number): \(isDone ? "OK" : "nil")"
    case .storage(let request): "storage request \(request.id.number): \(request)"
    case .storageReply(let reply): "storage reply \(reply.id.number): \(reply)"
    }
  }
}

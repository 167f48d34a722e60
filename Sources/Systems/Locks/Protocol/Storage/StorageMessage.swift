public import Determinism
public import ProtocolKit

/// Who writes under which grant: what a resource needs to tell one critical section from another.
public struct GrantID: Hashable, Comparable, Sendable {
  /// The holder.
  public let holder: NodeID
  /// How often that holder took a lock before, in all its lives.
  public let ordinal: UInt64

  /// Creates the identity of a grant.
  public init(holder: NodeID, ordinal: UInt64) {
    self.holder = holder
    self.ordinal = ordinal
  }

  /// An arbitrary order, the same in every run.
  public static func < (left: GrantID, right: GrantID) -> Bool {
    (left.holder, left.ordinal) < (right.holder, right.ordinal)
  }
}

/// The place of an operation on a resource in the order of grants, and within one grant.
public struct FencePoint: Hashable, Comparable, Sendable {
  /// The token of the grant.
  public let token: FencingToken
  /// How many operations the holder sent under it before, plus one.
  public let sequence: UInt64

  /// Creates a place.
  public init(token: FencingToken, sequence: UInt64) {
    self.token = token
    self.sequence = sequence
  }

  /// Before any grant.
  public static let start = FencePoint(token: .none, sequence: 0)

  /// Whether one place comes before another.
  public static func < (left: FencePoint, right: FencePoint) -> Bool {
    (left.token, left.sequence) < (right.token, right.sequence)
  }
}

extension FencePoint: BinaryCodable, Visitable {
  /// Shows every field.
  public func visitFields(_ visitor: inout some FieldVisitor) {
    visitor.visit(token)
    visitor.visit(sequence)
  }

  /// Reads a place.
  public init(from reader: inout ByteReader) throws(DecodingFailure) {
    self.init(token: try FencingToken(from: &reader), sequence: try reader.readNumber())
  }
}

extension FencePoint: SentenceSubject {
  /// The token, whatever was done under it.
  public var subject: Subject { token.subject }
}

extension FencePoint: CustomStringConvertible {
  /// Token and sequence.
  public var description: String { "\(token).\(sequence)" }
}

/// What a holder asks of the storage that keeps a resource.
public struct StorageRequest: Hashable, Sendable {
  /// The two things that can be done.
  public enum Action: Hashable, Sendable {
    /// Return the value.
    case read
    /// Replace the value.
    case write(Int64)
  }

  /// Identifies the request to its sender.
  public let id: RequestID
  /// The resource, named like its lock.
  public let resource: LockName
  /// Under which grant it is asked.
  public let grant: GrantID
  /// Its place in the order of grants.
  public let point: FencePoint
  /// What is asked.
  public let action: Action

  /// Creates a request.
  public init(
    id: RequestID, resource: LockName, grant: GrantID, point: FencePoint, action: Action
  ) {
    self.id = id
    self.resource = resource
    self.grant = grant
    self.point = point
    self.action = action
  }
}

/// What a storage answers.
public struct StorageReply: Hashable, Sendable {
  /// The kinds of answer.
  public enum Body: Hashable, Sendable {
    /// The value.
    case value(Int64)
    /// The value was replaced.
    case written
    /// Refused: an operation with this place came before.
    case fenced(by: FencePoint)
  }

  /// The request that is answered.
  public let id: RequestID
  /// The answer.
  public let body: Body

  /// Creates a reply.
  public init(id: RequestID, body: Body) {
    self.id = id
    self.body = body
  }
}

/// A request that a storage let in and carried out.
public struct ServedRequest: Hashable, Sendable {
  /// The request.
  public let request: StorageRequest
  /// The journal record without which nobody is told.
  public let until: JournalPosition
}

/// What machines tell rules where there are storages.
public protocol StorageObservation: Sendable {
  /// A storage let a request in and carried it out.
  static func served(_ request: ServedRequest) -> Self

  /// The request that a storage served, if it is one.
  var asServed: ServedRequest? { get }
}

/// A message type that can carry requests to a storage, and its replies.
public protocol StorageMessage: WireMessage where Observation: StorageObservation {
  /// Wraps a request.
  static func storage(_ request: StorageRequest) -> Self

  /// Wraps a reply.
  static func storageReply(_ reply: StorageReply) -> Self

  /// The request in this message, if it is one.
  var asStorageRequest: StorageRequest? { get }

  /// The reply in this message, if it is one.
  var asStorageReply: StorageReply? { get }
}

extension StorageRequest: Visitable, CustomStringConvertible {
  /// Shows every field.
  public func visitFields(_ visitor: inout some FieldVisitor) {
    visitor.visit(id)
    visitor.visit(resource)
    visitor.visit(grant.holder)
    visitor.visit(grant.ordinal)
    visitor.visit(point)
    switch action {
    case .read: visitor.visit(case: 1)
    case .write(let value):
      visitor.visit(case: 2)
      visitor.visit(signed: value)
    }
  }

  /// The request in words.
  public var description: String {
    let token = point.token == .none ? "" : " with token \(point)"
    switch action {
    case .read: return "read file/\(resource)\(token)"
    case .write(let value): return "write file/\(resource) = \(value)\(token)"
    }
  }
}

extension StorageReply: Visitable, CustomStringConvertible {
  /// Shows every field.
  public func visitFields(_ visitor: inout some FieldVisitor) {
    visitor.visit(id)
    switch body {
    case .value(let value):
      visitor.visit(case: 1)
      visitor.visit(signed: value)
    case .written: visitor.visit(case: 2)
    case .fenced(let point):
      visitor.visit(case: 3)
      visitor.visit(point)
    }
  }

  /// The reply in words.
  public var description: String {
    switch body {
    case .value(let value): "the value is \(value)"
    case .written: "written"
    case .fenced(let point): "refused, token \(point) came before"
    }
  }
}

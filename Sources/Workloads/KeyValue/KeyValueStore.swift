public import Determinism
public import ProtocolKit

/// A map from small numbered keys to whole numbers: the application that most tests replicate.
public struct KeyValueStore: ReplicatedApplication {
  /// What changes the store.
  public enum Command: Hashable, Sendable {
    /// Set a key to a value.
    case write(key: UInt64, value: Int64)
    /// Set a key to a value if it holds the expected one; nil expects an absent key.
    case compareAndSet(key: UInt64, expected: Int64?, new: Int64)
  }

  /// Asks for the value of a key.
  public struct Query: Hashable, Sendable {
    /// The key.
    public let key: UInt64

    /// Creates the query for a key.
    public init(key: UInt64) {
      self.key = key
    }
  }

  /// What the store answers.
  public enum Response: Hashable, Sendable {
    /// The value was written.
    case written
    /// The key holds this value, or nothing.
    case value(Int64?)
    /// The key did not hold the expected value, so nothing was changed.
    case mismatch
  }

  /// The keys that hold something.
  public private(set) var values = SortedMap<UInt64, Int64>()

  /// Creates an empty store.
  public init() {}

  /// Carries out a command.
  public mutating func apply(_ command: Command) -> Response {
    switch command {
    case .write(let key, let value):
      values[key] = value
      return .written
    case .compareAndSet(let key, let expected, let new):
      guard values[key] == expected else { return .mismatch }
      values[key] = new
      return .written
    }
  }

  /// Answers a query.
  public func answer(_ query: Query) -> Response {
    .value(values[query.key])
  }
}

extension KeyValueStore.Command: BinaryCodable {
  /// Reads a command.
  public init(from reader: inout ByteReader) throws(DecodingFailure) {
    switch try reader.readByte() {
    case 1: self = .write(key: try reader.readNumber(), value: try reader.readSigned())
    case 2:
      self = .compareAndSet(
        key: try reader.readNumber(), expected: try reader.readOptional(Int64.self),
        new: try reader.readSigned())
    default: throw reader.failure("a key-value command")
    }
  }
}

extension KeyValueStore.Command: Visitable, CustomStringConvertible {
  /// Shows every field.
  public func visitFields(_ visitor: inout some FieldVisitor) {
    switch self {
    case .write(let key, let value):
      visitor.visit(case: 1)
      visitor.visit(key)
      visitor.visit(signed: value)
    case .compareAndSet(let key, let expected, let new):
      visitor.visit(case: 2)
      visitor.visit(key)
      visitor.visit(expected)
      visitor.visit(signed: new)
    }
  }

  /// The command in words.
  public var description: String {
    switch self {
    case .write(let key, let value): "write k\(key) = \(value)"
    case .compareAndSet(let key, let expected, let new):
      "cas k\(key) \(expected.map(String.init) ?? "nil") -> \(new)"
    }
  }
}

extension KeyValueStore.Query: Visitable, CustomStringConvertible {
  /// Shows every field.
  public func visitFields(_ visitor: inout some FieldVisitor) {
    visitor.visit(key)
  }

  /// The query in words.
  public var description: String { "read k\(key)" }
}

extension KeyValueStore.Response: Visitable, CustomStringConvertible {
  /// Shows every field.
  public func visitFields(_ visitor: inout some FieldVisitor) {
    switch self {
    case .written: visitor.visit(case: 1)
    case .value(let value):
      visitor.visit(case: 2)
      visitor.visit(value)
    case .mismatch: visitor.visit(case: 3)
    }
  }

  /// The response in words.
  public var description: String {
    switch self {
    case .written: "written"
    case .value(let value): value.map(String.init) ?? "nil"
    case .mismatch: "not the expected value"
    }
  }
}

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
  /// Writes the command.
  public func encode(into writer: inout ByteWriter) {
    switch self {
    case .write(let key, let value):
      writer.write(byte: 1)
      writer.write(key)
      writer.write(signed: value)
    case .compareAndSet(let key, let expected, let new):
      writer.write(byte: expected == nil ? 2 : 3)
      writer.write(key)
      if let expected { writer.write(signed: expected) }
      writer.write(signed: new)
    }
  }

  /// Reads a command.
  public init(from reader: inout ByteReader) throws(DecodingFailure) {
    let tag = try reader.readByte()
    let key = try reader.readNumber()
    switch tag {
    case 1: self = .write(key: key, value: try reader.readSigned())
    case 2: self = .compareAndSet(key: key, expected: nil, new: try reader.readSigned())
    case 3:
      let expected = try reader.readSigned()
      self = .compareAndSet(key: key, expected: expected, new: try reader.readSigned())
    default: throw reader.failure("a key-value command")
    }
  }
}

extension KeyValueStore.Command: Digestible, CustomStringConvertible {
  /// Adds the command to a digest.
  public func absorb(into digest: inout Digest) {
    switch self {
    case .write(let key, let value): digest.absorb(key << 2 | 1, UInt64(bitPattern: value))
    case .compareAndSet(let key, let expected, let new):
      digest.absorb(key << 2 | (expected == nil ? 2 : 3), UInt64(bitPattern: new))
      digest.absorb(UInt64(bitPattern: expected ?? 0))
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

extension KeyValueStore.Query: Digestible, CustomStringConvertible {
  /// Adds the query to a digest.
  public func absorb(into digest: inout Digest) {
    digest.absorb(key)
  }

  /// The query in words.
  public var description: String { "read k\(key)" }
}

extension KeyValueStore.Response: Digestible, CustomStringConvertible {
  /// Adds the response to a digest.
  public func absorb(into digest: inout Digest) {
    switch self {
    case .written: digest.absorb(1)
    case .value(let value): digest.absorb(value == nil ? 2 : 3, UInt64(bitPattern: value ?? 0))
    case .mismatch: digest.absorb(4)
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

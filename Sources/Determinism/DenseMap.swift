/// A key that is a small whole number in disguise.
public protocol DenseKey: Sendable {
  /// The number, zero or above.
  var denseIndex: Int { get }

  /// Creates the key with this number.
  init(denseIndex: Int)
}

/// A map from every key below a fixed bound to a value: an array indexed by a wrapped integer.
///
/// Access is O(1) and iteration is in key order.
public struct DenseMap<Key: DenseKey, Value: Sendable>: Sendable {
  /// The values in key order.
  public private(set) var values: ContiguousArray<Value>

  /// Creates a map in which each key below `count` has the same value.
  public init(repeating value: Value, count: Int) {
    values = ContiguousArray(repeating: value, count: count)
  }

  /// Creates a map that computes the value of each key below `count`.
  public init(count: Int, value: (Key) -> Value) {
    values = ContiguousArray((0..<count).map { value(Key(denseIndex: $0)) })
  }

  /// The number of keys.
  public var count: Int { values.count }

  /// The keys in order.
  public var keys: DenseKeys<Key> { DenseKeys(count: values.count) }

  /// The value of a key below the bound; others trap.
  @inline(__always)
  public subscript(key: Key) -> Value {
    // Reading one field of a large value must not copy the value, which a getter leaves to chance.
    _read { yield values.span[key.denseIndex] }
    _modify { yield &values[key.denseIndex] }
  }
}

/// The keys below a bound, in order.
///
/// A type of its own: code that loops over an opaque one is not specialised in other modules.
public struct DenseKeys<Key: DenseKey>: RandomAccessCollection, Sendable {
  /// The number of keys.
  public let count: Int

  /// The place of the first key.
  public var startIndex: Int { 0 }

  /// The place behind the last key.
  public var endIndex: Int { count }

  /// The key at a place.
  public subscript(position: Int) -> Key { Key(denseIndex: position) }
}

extension DenseMap: Equatable where Value: Equatable {}

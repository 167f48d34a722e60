/// A map that iterates in key order: a sorted array of keys beside an array of values.
///
/// Look-up is O(log n); insertion moves what lies behind it. Meant for up to a few thousand keys,
/// where it is also faster than a hash table, whose order differs from process to process.
public struct SortedMap<Key: Comparable & Sendable, Value: Sendable>: Sendable {
  /// The keys in ascending order.
  public private(set) var keys: ContiguousArray<Key> = []

  /// The values in the order of their keys.
  public private(set) var values: ContiguousArray<Value> = []

  /// Creates an empty map.
  public init() {}

  /// The number of entries.
  public var count: Int { keys.count }

  /// Whether there are no entries.
  public var isEmpty: Bool { keys.isEmpty }

  /// The value of a key; setting nil removes the entry.
  public subscript(key: Key) -> Value? {
    get {
      let position = lowerBound(of: key)
      return position < keys.count && keys[position] == key ? values[position] : nil
    }
    set {
      let position = lowerBound(of: key)
      let isPresent = position < keys.count && keys[position] == key
      switch (newValue, isPresent) {
      case (let value?, true): values[position] = value
      case (let value?, false):
        keys.insert(key, at: position)
        values.insert(value, at: position)
      case (nil, true):
        keys.remove(at: position)
        values.remove(at: position)
      case (nil, false): break
      }
    }
  }

  /// The value of a key, changed in place; starts from the default when the key is absent.
  public subscript(key: Key, default initial: @autoclosure () -> Value) -> Value {
    get { self[key] ?? initial() }
    _modify {
      let position = lowerBound(of: key)
      if position == keys.count || keys[position] != key {
        keys.insert(key, at: position)
        values.insert(initial(), at: position)
      }
      yield &values[position]
    }
  }

  /// Removes every entry.
  public mutating func removeAll() {
    keys.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
  }

  /// The position of the first key that is not below the given one.
  private func lowerBound(of key: Key) -> Int {
    var low = 0
    var high = keys.count
    while low < high {
      let middle = (low + high) / 2
      if keys[middle] < key { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension SortedMap: Equatable where Value: Equatable {}

extension SortedMap: Sequence {
  /// Visits the entries in ascending order of their keys.
  public func makeIterator() -> some IteratorProtocol<(key: Key, value: Value)> {
    zip(keys, values).lazy.map { (key: $0, value: $1) }.makeIterator()
  }
}

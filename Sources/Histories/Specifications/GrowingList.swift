public import Determinism

/// A list that shares its beginning with the lists it grew out of, and hashes in constant time.
///
/// A search over appends makes as many lists as there are appends; whole copies would take space
/// and time quadratic in their number.
public struct GrowingList: Hashable, Sendable {
  /// The entries in order.
  public private(set) var elements: ChunkedLog<Value> = []

  /// Creates a list.
  public init(_ elements: [Value] = []) {
    for element in elements { self.elements.append(element) }
  }

  /// The list with one more entry.
  func appending(_ element: Value) -> GrowingList {
    var next = self
    next.elements.append(element)
    return next
  }

  /// Whether the first entries are those of another list.
  func begins(with other: GrowingList) -> Bool { elements.starts(with: other.elements) }

  /// Feeds the count and the last entries, in which different lists most likely differ.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(elements.count)
    for element in elements.suffix(4) { hasher.combine(element) }
  }

  /// Whether the lists have the same entries in the same order.
  public static func == (left: GrowingList, right: GrowingList) -> Bool {
    left.elements.count == right.elements.count && left.elements == right.elements
  }
}

extension GrowingList: CustomStringConvertible {
  /// The list as EDN writes it; a long one is shortened to its last entries.
  public var description: String {
    let shown = elements.suffix(16).map(\.description).joined(separator: " ")
    return elements.count > 16 ? "[\(elements.count - 16) entries and \(shown)]" : "[\(shown)]"
  }
}

/// A few elements by key, kept in the order of the keys so that equal contents are equal states.
public struct SortedTable<Element: Hashable & Sendable>: Hashable, Sendable {
  /// The keys in order, which tables that differ only in elements share.
  private(set) var keys: [Value] = []
  /// The element of each key.
  private(set) var elements: [Element] = []

  /// The element of a key, or nil where there is none; setting nil removes it.
  subscript(key: Value) -> Element? {
    get {
      let place = keys.sortedPlace(of: key)
      return isPresent(key, at: place) ? elements[place] : nil
    }
    set {
      let place = keys.sortedPlace(of: key)
      switch (newValue, isPresent(key, at: place)) {
      case (let element?, true): elements[place] = element
      case (let element?, false):
        keys.insert(key, at: place)
        elements.insert(element, at: place)
      case (nil, true):
        keys.remove(at: place)
        elements.remove(at: place)
      case (nil, false): break
      }
    }
  }

  private func isPresent(_ key: Value, at place: Int) -> Bool {
    place < keys.count && keys[place] == key
  }

  /// About how many bytes the table takes.
  var footprint: Int {
    64 + keys.count * (MemoryLayout<Value>.stride + MemoryLayout<Element>.stride)
  }

  /// The table as EDN writes a map.
  func description(of element: (Element) -> String) -> String {
    let entries = zip(keys, elements).map { "\($0) \(element($1))" }
    return "{\(entries.joined(separator: ", "))}"
  }
}

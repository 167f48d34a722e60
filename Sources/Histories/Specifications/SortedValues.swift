/// Values in order, which is how states keep a set or a bag so that equal contents are equal states.
extension [Value] {
  /// Where a value is, or belongs, in ascending values.
  func sortedPlace(of value: Value) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle].precedes(value) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Whether ascending values have this one among them.
  func sortedContains(_ value: Value) -> Bool {
    let place = sortedPlace(of: value)
    return place < count && self[place] == value
  }

  /// The ascending values with one more.
  func sortedInserting(_ value: Value) -> [Value] {
    var next = self
    next.insert(value, at: sortedPlace(of: value))
    return next
  }

  /// The values without the one at a place.
  func removing(at place: Int) -> [Value] {
    var next = self
    next.remove(at: place)
    return next
  }

  /// About how many bytes the values take.
  var footprint: Int { 32 + count * MemoryLayout<Value>.stride }

  /// The values as EDN writes a set.
  var setDescription: String { "#{\(map(\.description).joined(separator: " "))}" }
}

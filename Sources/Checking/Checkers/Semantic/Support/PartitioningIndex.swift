extension Array {
  /// The place of the first element with a property that all later ones have too, in O(log n).
  ///
  /// It is the number of elements if none has it.
  func partitioningIndex(where belongsBehind: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if belongsBehind(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

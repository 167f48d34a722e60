/// Makes a list as short as a condition allows (Zeller and Hildebrandt 2002, section 3).
enum DeltaDebugging {
  /// Leaves out what can be left out while a condition holds: large pieces first, then single
  /// elements, until none of these can go.
  ///
  /// The condition must hold for all elements. At worst it is asked O(n²) times.
  static func shrink<Element, Failure>(
    _ elements: [Element], while holds: ([Element]) throws(Failure) -> Bool
  ) throws(Failure) -> [Element] {
    var elements = elements
    var size = elements.count
    while size > 0 {
      var start = 0
      var hasShrunk = false
      while start < elements.count {
        let end = min(start + size, elements.count)
        let rest = Array(elements[..<start] + elements[end...])
        if try holds(rest) {
          elements = rest
          hasShrunk = true
        } else {
          start = end
        }
      }
      if size > 1 || !hasShrunk { size /= 2 }
    }
    return elements
  }
}

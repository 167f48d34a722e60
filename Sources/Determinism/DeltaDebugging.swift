/// Makes a list as short as a condition allows (Zeller and Hildebrandt 2002, section 3).
public enum DeltaDebugging {
  /// Leaves out what can be left out while a condition holds of what remains: large chunks first,
  /// then single elements, until none of these can go.
  ///
  /// The condition must hold for all elements. At worst it is asked O(n²) times.
  public static func shrink<Element, Failure>(
    _ elements: [Element], while holds: ([Element]) throws(Failure) -> Bool
  ) throws(Failure) -> [Element] {
    try shrink(elements, leavingOut: { (_, rest) throws(Failure) in try holds(rest) })
  }

  /// Leaves out every chunk of which the caller says that it can go, given what would remain.
  ///
  /// A chunk that can go is gone for good. A caller that has had enough throws, and knows which
  /// chunks are gone so far.
  public static func shrink<Element, Failure>(
    _ elements: [Element],
    leavingOut canGo: (_ chunk: ArraySlice<Element>, _ rest: [Element]) throws(Failure) -> Bool
  ) throws(Failure) -> [Element] {
    var elements = elements
    var size = elements.count
    while size > 0 {
      var start = 0
      var hasShrunk = false
      while start < elements.count {
        let end = min(start + size, elements.count)
        let rest = Array(elements[..<start] + elements[end...])
        if try canGo(elements[start..<end], rest) {
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

/// Distinct elements with numbers in order of arrival, found again by open addressing.
///
/// A dictionary would keep a second copy of each element and hash all of them anew when it grows.
/// Hash values only choose places in the table; the numbers do not depend on them.
struct Numbering<Element: Hashable & Sendable>: Sendable {
  private(set) var elements: ContiguousArray<Element> = []
  private var hashes: ContiguousArray<Int> = []
  /// The number of an element plus one, or zero.
  private var places = ContiguousArray<UInt32>(repeating: 0, count: 16)

  /// The element with a number.
  subscript(number: UInt32) -> Element { elements[Int(number)] }

  /// The number of an element, the next free one if it is new.
  mutating func number(of element: Element) -> UInt32 {
    let hash = element.hashValue
    var place = hash & (places.count - 1)
    while places[place] != 0 {
      let number = places[place] - 1
      if hashes[Int(number)] == hash && elements[Int(number)] == element { return number }
      place = (place + 1) & (places.count - 1)
    }
    elements.append(element)
    hashes.append(hash)
    places[place] = UInt32(elements.count)
    if elements.count * 3 > places.count * 2 { grow() }
    return UInt32(elements.count - 1)
  }

  private mutating func grow() {
    places = ContiguousArray(repeating: 0, count: places.count * 2)
    for (number, hash) in hashes.enumerated() {
      var place = hash & (places.count - 1)
      while places[place] != 0 { place = (place + 1) & (places.count - 1) }
      places[place] = UInt32(number + 1)
    }
  }
}

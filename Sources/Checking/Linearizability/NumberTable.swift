/// A hash table from 64-bit keys to 32-bit numbers: open addressing, no removal.
///
/// Its layout depends on the keys alone, so that searches repeat exactly.
struct NumberTable {
  private var places: ContiguousArray<Place>
  private(set) var count = 0

  private struct Place {
    /// All bits set where the place is vacant; the search never packs such a key.
    var key = UInt64.max
    var number: UInt32 = 0

    var isVacant: Bool { key == .max }
  }

  init(capacity: Int = 64) {
    places = ContiguousArray(repeating: Place(), count: capacity)
  }

  /// The number stored for a key, if any.
  subscript(key: UInt64) -> UInt32? {
    get {
      let place = places[index(of: key)]
      return place.isVacant ? nil : place.number
    }
    set {
      guard let newValue else { return }
      if (count + 1) * 3 > places.count * 2 { grow() }
      let index = index(of: key)
      if places[index].isVacant { count += 1 }
      places[index] = Place(key: key, number: newValue)
    }
  }

  /// Where a key is, or else belongs.
  private func index(of key: UInt64) -> Int {
    let mask = places.count - 1
    var index = Int(truncatingIfNeeded: key.mixed) & mask
    while places[index].key != key && !places[index].isVacant { index = (index + 1) & mask }
    return index
  }

  private mutating func grow() {
    let old = places
    self = NumberTable(capacity: old.count * 2)
    for place in old where !place.isVacant { self[place.key] = place.number }
  }
}

extension UInt64 {
  /// The bits well stirred: the finaliser of MurmurHash3, a bijection.
  var mixed: UInt64 {
    var bits = self
    bits = (bits ^ bits >> 33) &* 0xff51_afd7_ed55_8ccd
    bits = (bits ^ bits >> 33) &* 0xc4ce_b9fe_1a85_ec53
    return bits ^ bits >> 33
  }
}

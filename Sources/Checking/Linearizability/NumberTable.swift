/// A hash table from 64-bit keys to 32-bit numbers: open addressing, no removal.
///
/// Its layout depends on the keys alone, so that searches repeat exactly.
struct NumberTable {
  private var keys: ContiguousArray<UInt64>
  private var numbers: ContiguousArray<UInt32>
  private(set) var count = 0

  /// No key has all bits set; the search never packs one.
  private static var vacant: UInt64 { .max }

  init(capacity: Int = 64) {
    keys = ContiguousArray(repeating: Self.vacant, count: capacity)
    numbers = ContiguousArray(repeating: 0, count: capacity)
  }

  /// The number stored for a key, if any.
  subscript(key: UInt64) -> UInt32? {
    get {
      let place = place(of: key)
      return keys[place] == key ? numbers[place] : nil
    }
    set {
      guard let newValue else { return }
      if (count + 1) * 3 > keys.count * 2 { grow() }
      let place = place(of: key)
      if keys[place] == Self.vacant { count += 1 }
      keys[place] = key
      numbers[place] = newValue
    }
  }

  private func place(of key: UInt64) -> Int {
    let mask = keys.count - 1
    var place = Int(truncatingIfNeeded: key.mixed) & mask
    while keys[place] != key && keys[place] != Self.vacant { place = (place + 1) & mask }
    return place
  }

  private mutating func grow() {
    let old = self
    self = NumberTable(capacity: old.keys.count * 2)
    for place in old.keys.indices where old.keys[place] != Self.vacant {
      self[old.keys[place]] = old.numbers[place]
    }
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

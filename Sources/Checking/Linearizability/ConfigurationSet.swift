/// The configurations a search has visited: flat keys in one open-addressing table.
///
/// A key is one word with layer and state, and one word for each 64 slots: 16 bytes in the usual
/// case, however long the history is. A bitset over all operations would need one bit for each.
struct ConfigurationSet {
  private let stride: Int
  private var words: ContiguousArray<UInt64>
  private var capacity: Int
  private(set) var count = 0

  /// Creates an empty set of configurations with this many words of slots.
  init(maskWords: Int, capacity: Int = 64) {
    stride = maskWords + 1
    self.capacity = capacity
    words = ContiguousArray(repeating: 0, count: capacity * stride)
  }

  /// Adds a configuration whose slots are the mask's words from `offset` on; false if it is known.
  mutating func insert(
    layer: Int, state: UInt32, mask: ContiguousArray<UInt64>, at offset: Int
  ) -> Bool {
    if (count + 1) * 3 > capacity * 2 { grow() }
    // Layers count from one here, which keeps zero for vacant places.
    let head = UInt64(layer + 1) << 32 | UInt64(state)
    let place = place(head: head, mask: mask, offset: offset)
    guard words[place] == 0 else { return false }
    words[place] = head
    for word in 1..<stride { words[place + word] = mask[offset + word - 1] }
    count += 1
    return true
  }

  /// The states of all configurations in a layer, ascending and without repetition.
  func states(inLayer layer: Int) -> [UInt32] {
    var found: [UInt32] = []
    for place in 0..<capacity where words[place * stride] >> 32 == UInt64(layer + 1) {
      found.append(UInt32(truncatingIfNeeded: words[place * stride]))
    }
    found.sort()
    var distinct: [UInt32] = []
    for state in found where distinct.last != state { distinct.append(state) }
    return distinct
  }

  /// The word at which the configuration is, or else belongs.
  private func place(head: UInt64, mask: ContiguousArray<UInt64>, offset: Int) -> Int {
    var hash = head.mixed
    for word in 1..<stride { hash = (hash ^ mask[offset + word - 1]).mixed }
    var slot = Int(truncatingIfNeeded: hash) & (capacity - 1)
    while true {
      let place = slot * stride
      if words[place] == 0 { return place }
      if words[place] == head && isEqual(place, mask: mask, offset: offset) { return place }
      slot = (slot + 1) & (capacity - 1)
    }
  }

  private func isEqual(_ place: Int, mask: ContiguousArray<UInt64>, offset: Int) -> Bool {
    for word in 1..<stride where words[place + word] != mask[offset + word - 1] { return false }
    return true
  }

  private mutating func grow() {
    let old = self
    self = ConfigurationSet(maskWords: stride - 1, capacity: old.capacity * 2)
    for slot in 0..<old.capacity where old.words[slot * stride] != 0 {
      let from = slot * stride
      let to = place(head: old.words[from], mask: old.words, offset: from + 1)
      for word in 0..<stride { words[to + word] = old.words[from + word] }
    }
    count = old.count
  }
}

/// A set of gaps that finds the greatest member below a bound in a handful of steps.
///
/// Words of 64 bits in levels: a bit of a higher level says whether a word of the level below it has
/// any bits. Cost: O(log n) with the base 64.
struct GapSet {
  private var levels: ContiguousArray<ContiguousArray<UInt64>> = []

  /// Creates an empty set of gaps below a bound.
  init(bound: Int) {
    var words = bound
    repeat {
      words = (words + 63) / 64
      levels.append(ContiguousArray(repeating: 0, count: max(words, 1)))
    } while words > 1
  }

  /// Adds a gap.
  mutating func insert(_ gap: Int) {
    var place = gap
    for level in levels.indices {
      levels[level][place >> 6] |= 1 << UInt64(place & 63)
      place >>= 6
    }
  }

  /// The greatest member below a bound.
  func last(before bound: Int) -> Int? {
    var place = bound
    for level in levels.indices {
      guard place >> 6 < levels[level].count else {
        place = levels[level].count
        continue
      }
      let lower = levels[level][place >> 6] & (1 << UInt64(place & 63) &- 1)
      if lower != 0 {
        return descend(from: level, bit: place & ~63 | 63 - lower.leadingZeroBitCount)
      }
      place >>= 6
    }
    return nil
  }

  private func descend(from level: Int, bit: Int) -> Int {
    var bit = bit
    for lower in (0..<level).reversed() {
      bit = bit << 6 | 63 - levels[lower][bit].leadingZeroBitCount
    }
    return bit
  }
}

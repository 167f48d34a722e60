/// Damages texts as files are damaged, and in ways that only an attacker thinks of.
///
/// The same seed does the same damage on every machine.
struct TextMutator {
  private var random: SplitMix

  init(seed: UInt64) {
    random = SplitMix(seed: seed)
  }

  /// What stands between values, begins them or ends them somewhere.
  private static let marks = Array("{}[]()\"\\:;,#_'!=?-+/.0123456789eEnNM \n\t\r\0".utf8)

  private static let numbers = [
    "9223372036854775807", "-9223372036854775808", "9223372036854775808", "18446744073709551616",
    "1e999", "0.1", "1/0", "007", "--1", "##NaN", String(repeating: "9", count: 500),
  ]

  private static let nestings = [
    "[", "(", "{", "#{", "{:a ", "{\"a\":", "#_ ", "#t ", "Some(", "\"",
  ]

  /// A damaged copy of one of the samples.
  mutating func damaged(_ samples: [[UInt8]]) -> [UInt8] {
    var bytes = samples[random.below(samples.count)]
    for _ in 0...random.below(3) { damage(&bytes, samples: samples) }
    return bytes
  }

  private mutating func damage(_ bytes: inout [UInt8], samples: [[UInt8]]) {
    let place = random.below(bytes.count + 1)
    let range = place..<min(bytes.count, place + 1 + random.below(random.chance(80) ? 8 : 200))
    switch random.below(10) {
    case 0 where !range.isEmpty:
      // The highest bit would mostly make text that is not UTF-8, which is refused as a whole.
      bytes[place] ^= 1 << UInt8(random.below(random.chance(5) ? 8 : 7))
    case 1 where !range.isEmpty: bytes[place] = Self.marks[random.below(Self.marks.count)]
    case 2: bytes.insert(Self.marks[random.below(Self.marks.count)], at: place)
    case 3: bytes.removeSubrange(range)
    case 4: bytes.insert(contentsOf: bytes[range], at: random.below(bytes.count + 1))
    case 5: bytes.removeSubrange(place...)
    case 6: splice(samples[random.below(samples.count)], into: &bytes, at: place)
    case 7: bytes.insert(contentsOf: Self.numbers[random.below(Self.numbers.count)].utf8, at: place)
    case 8:
      let nesting = Array(Self.nestings[random.below(Self.nestings.count)].utf8)
      let depth = 1 + random.below(random.chance(80) ? 4 : 300)
      bytes.insert(contentsOf: Array(repeatElement(nesting, count: depth).joined()), at: place)
    default: exchangeLines(&bytes)
    }
  }

  /// Puts the end of another sample in the place of this one's.
  private mutating func splice(_ other: [UInt8], into bytes: inout [UInt8], at place: Int) {
    bytes.removeSubrange(place...)
    bytes.append(contentsOf: other[random.below(other.count)...])
  }

  private mutating func exchangeLines(_ bytes: inout [UInt8]) {
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    lines.swapAt(random.below(lines.count), random.below(lines.count))
    bytes = Array(lines.joined(separator: [UInt8(ascii: "\n")]))
  }
}

import Testing

@testable import Text

/// Random damage to a real document: the parser must answer with a value or an error in the file.
struct JSON5MutationTests {
  private static let sample = #"""
    // a scenario
    {
      name: "kv\u00e9", 'single': 'it\'s',
      system: { nodes: 3, seed: 0x9F2C, loss: 0.01, skew: -1.5e-3, big: 18446744073709551615 },
      list: [true, false, null, +Infinity, NaN, [], {},], /* end */
    }
    """#

  /// The generator SplitMix64: the same damage on every run.
  private struct SplitMix64 {
    var state: UInt64

    mutating func next(below bound: Int) -> Int {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }
  }

  private func damage(_ bytes: [UInt8], with random: inout SplitMix64) -> [UInt8] {
    let spice = Array("{}[]\"'\\/*:,.+-_0xeuE\n\r\u{FF}".utf8)
    var bytes = bytes
    for _ in 0...random.next(below: 4) where !bytes.isEmpty {
      let place = random.next(below: bytes.count)
      switch random.next(below: 5) {
      case 0: bytes.remove(at: place)
      case 1: bytes.insert(spice[random.next(below: spice.count)], at: place)
      case 2: bytes[place] = spice[random.next(below: spice.count)]
      case 3: bytes[place] ^= UInt8(1) << UInt8(random.next(below: 8))
      default: bytes.removeSubrange(place..<min(bytes.count, place + random.next(below: 40)))
      }
    }
    return bytes
  }

  @Test func `damaged input is parsed or refused, and refusals can be shown`() {
    var random = SplitMix64(state: 1)
    var accepted = 0
    for _ in 0..<4_000 {
      let bytes = damage(Array(Self.sample.utf8), with: &random)
      do throws(ScenarioError) {
        _ = try JSON5Parser.parse(try SourceText(bytes: bytes, file: "m.json5"))
        accepted += 1
      } catch {
        #expect(error.position >= SourcePosition(line: 1, column: 1))
        #expect(error.render().utf8.last == UInt8(ascii: "\n"))
      }
    }
    #expect(accepted > 0 && accepted < 4_000)
  }
}

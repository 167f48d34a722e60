import Determinism
import TestKit
import Testing

/// A pair that is fingerprinted word by word.
private struct Pair: Digestible {
  let first: UInt64
  let second: UInt64

  func absorb(into digest: inout Digest) {
    digest.absorb(first)
    digest.absorb(second)
  }
}

struct DigestTests {
  private func digest(_ words: UInt64...) -> Digest {
    words.reduce(into: Digest()) { $0.absorb($1) }
  }

  @Test func `fingerprints are what they always were`() {
    var digest = Digest()
    #expect(digest.value == 0x243F_6A88_85A3_08D3)
    digest.absorb(0)
    #expect(digest.value == 0xFECE_4B6C_D56B_F970)
    digest.absorb(1)
    #expect(digest.value == 0xA664_095C_3D90_4931)
    digest.absorb(2, 3)
    #expect(digest.value == 0xB525_2DC7_2CE2_AC58)
    digest.absorb("orrery")
    #expect(digest.value == 0xF43D_7C21_50DC_F3E7)
    digest.absorb("")
    #expect(digest.value == 0x17B7_B087_C631_438A)
    #expect(digest.description == "17b7b087c631438a")
    #expect(Digest(resuming: 0xA).description == "000000000000000a")
  }

  @Test func `order, number and every bit of the words count`() {
    #expect(digest(1, 2) != digest(2, 1))
    #expect(digest(0) != digest())
    #expect(digest(0, 0) != digest(0))
    for bit in 0..<64 {
      #expect(digest(1 << UInt64(bit)) != digest(0), "bit \(bit)")
      #expect(digest(5, 1 << UInt64(bit)) != digest(5, 0), "bit \(bit)")
    }
    var together = Digest()
    together.absorb(3, 4)
    var swapped = Digest()
    swapped.absorb(4, 3)
    #expect(together != swapped)
  }

  @Test func `texts are told apart by where they end`() {
    func digest(_ texts: String...) -> Digest {
      texts.reduce(into: Digest()) { $0.absorb($1) }
    }
    #expect(digest("ab", "c") != digest("a", "bc"))
    #expect(digest("", "a") != digest("a", ""))
  }

  @Test func `resuming goes on where a digest stopped`() {
    var whole = digest(1, 2)
    var resumed = Digest(resuming: whole.value)
    whole.absorb(3)
    resumed.absorb(Pair(first: 3, second: 4))
    whole.absorb(4)
    #expect(whole == resumed)
  }

  @Test func `a hundred thousand runs have as many fingerprints`() {
    var seen: Set<UInt64> = []
    for word in UInt64(0)..<100_000 { seen.insert(digest(word, word >> 3).value) }
    #expect(seen.count == 100_000)
  }

  @Test(arguments: UInt64(0)..<200)
  func `bisection finds the first difference, as a linear scan does`(seed: UInt64) {
    var dice = Dice(seed: seed)
    let shared = dice.below(100)
    func run(_ length: Int, marker: UInt64) -> [UInt64] {
      var digest = Digest()
      return (0..<length).map { position in
        digest.absorb(position < shared ? UInt64(position) : UInt64(position) << 8 | marker)
        return digest.value
      }
    }
    let left = run(dice.below(150), marker: 1)
    let right = run(dice.below(150), marker: 2)
    let scanned = zip(left, right).enumerated().first { $1.0 != $1.1 }?.offset
    #expect(firstDivergence(left, right) == scanned, "seed \(seed)")
    #expect(firstDivergence(left, left) == nil, "seed \(seed)")
    #expect(firstDivergence(left[...], ChunkedLog<UInt64>()) == nil, "seed \(seed)")
  }

  @Test func `no word leaves a digest as it was, and one word is not two`() {
    let mixingConstant: UInt64 = 0xB7E1_5162_8AED_2A6B
    for word in [0, 1, mixingConstant, ~mixingConstant, .max] {
      var digest = Digest()
      digest.absorb(word)
      #expect(digest != Digest())
      var pair = Digest()
      pair.absorb(0, word)
      #expect(pair != Digest())
      #expect(pair != digest)
    }
  }
}

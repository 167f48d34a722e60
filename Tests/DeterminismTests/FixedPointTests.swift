import Foundation
import TestKit
import Testing

@testable import Determinism

/// Integer logarithms and powers agree with floating point as closely as they claim.
struct FixedPointTests {
  private static let one = 4_294_967_296.0  // 2³²

  @Test(arguments: [UInt64(1), 2])
  func `halvings are the negative logarithm`(seed: UInt64) {
    var dice = Dice(seed: seed)
    for _ in 0..<20_000 {
      // A random number of leading zeros, so that tiny fractions are tested as well as large ones.
      let bits = dice.next() >> UInt64(dice.below(64)) | 1
      let expected = 64 - log2(Double(bits))
      let error = Double(FixedPoint.halvings(bits)) / Self.one - expected
      #expect(abs(error) < 1e-5 * max(1, expected), "seed \(seed): \(bits)")
    }
  }

  @Test(arguments: [UInt64(1), 2])
  func `powers of two are close`(seed: UInt64) {
    var dice = Dice(seed: seed)
    for _ in 0..<20_000 {
      let exponent = dice.next() % (31 << 32)
      let expected = exp2(Double(exponent) / Self.one)
      let error = Double(FixedPoint.powerOfTwo(exponent)) / Self.one / expected - 1
      #expect(abs(error) < 1e-5, "seed \(seed): \(exponent)")
    }
  }

  @Test func `logarithm and power never turn back`() {
    var last = UInt64.max
    for bits in stride(from: UInt64(1) << 50, to: 1 << 58, by: 1 << 44) {
      let halvings = FixedPoint.halvings(bits)
      #expect(halvings <= last, "\(bits)")
      last = halvings
    }
    last = 0
    for exponent in stride(from: UInt64(0), to: 31 << 32, by: 9_999_991) {
      let power = FixedPoint.powerOfTwo(exponent)
      #expect(power >= last, "\(exponent)")
      last = power
    }
  }

  @Test func `exact values are exact`() {
    #expect(FixedPoint.halvings(1) == 64 << 32)
    #expect(FixedPoint.halvings(1 << 63) == 1 << 32)
    #expect(FixedPoint.halvings(.max) == 1)
    #expect(FixedPoint.halvings(0x9E37_79B9_7F4A_7C15) == 2_981_753_912)
    #expect(FixedPoint.powerOfTwo(0) == 1 << 32)
    #expect(FixedPoint.powerOfTwo(1 << 31) == 6_074_000_999)
    #expect(FixedPoint.powerOfTwo(24 << 32) == 1 << 56)
    #expect(FixedPoint.naturalLogOfTwo == UInt64((log(2) * Self.one).rounded()))
  }

  @Test func `products and fractions are exact until they reach the limit`() {
    #expect(FixedPoint.multiply(3 << 31, 5 << 32) == 15 << 31)
    #expect(FixedPoint.scale(1_000, by: Ratio(1, in: 3)) == 333)
    #expect(FixedPoint.scale(.max, by: Ratio(.max, in: .max)) == .max)
    #expect(FixedPoint.scale(.max, by: Ratio(2, in: 1)) == .max)
  }
}

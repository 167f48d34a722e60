/// Logarithms and powers of two in integers with 32 fractional bits.
///
/// Tables are computed once with integer arithmetic alone, so every machine has the same ones;
/// between their 257 points the functions are linear (error below 4 · 10⁻⁶).
enum FixedPoint {
  /// ln 2 with 32 fractional bits.
  static let naturalLogOfTwo: UInt64 = 2_977_044_472

  /// How many halvings lead from 1 to the fraction `bits` / 2⁶⁴, that is −log₂ of it.
  static func halvings(_ bits: UInt64) -> UInt64 {
    let value = bits | 1
    let zeros = value.leadingZeroBitCount
    let mantissa = value << zeros  // the leading one is at bit 63
    let position = Int(mantissa >> 55 & 0xFF)
    let rest = mantissa >> 23 & 0xFFFF_FFFF
    let low = logarithms[position]
    let slope = logarithms[position + 1] - low
    let logarithm = low + (slope * rest) >> 32
    return UInt64(zeros + 1) << 32 - logarithm
  }

  /// Two to a power with 32 fractional bits; the power must lie below 31.
  static func powerOfTwo(_ exponent: UInt64) -> UInt64 {
    let whole = exponent >> 32
    let position = Int(exponent >> 24 & 0xFF)
    let rest = exponent & 0xFF_FFFF
    let low = powers[position]
    let mantissa = low + ((powers[position + 1] - low) * rest) >> 24
    return mantissa << whole
  }

  /// The product of two numbers with 32 fractional bits.
  static func multiply(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high << 32 | product.low >> 32
  }

  /// A number times an exact fraction, limited to 64 bits.
  static func scale(_ value: UInt64, by ratio: Ratio) -> UInt64 {
    let product = UInt128(value) * UInt128(ratio.numerator) / UInt128(ratio.denominator)
    return UInt64(Swift.min(product, UInt128(UInt64.max)))
  }

  /// log₂(1 + i/256) for i in 0…256, found bit by bit: squaring doubles a logarithm.
  private static let logarithms: [UInt64] = (0...256).map { position in
    guard position < 256 else { return 1 << 32 }
    var mantissa = UInt64(256 + position) << 54  // 1 ≤ m < 2 with 62 fractional bits
    var logarithm: UInt64 = 0
    for _ in 0..<32 {
      let square = mantissa.multipliedFullWidth(by: mantissa)
      mantissa = square.high << 2 | square.low >> 62
      logarithm <<= 1
      if mantissa >= 1 << 63 {
        logarithm |= 1
        mantissa >>= 1
      }
    }
    return logarithm
  }

  /// 2^(i/256) for i in 0…256, as products of the square roots 2^(1/2), 2^(1/4) … 2^(1/256).
  private static let powers: [UInt64] = {
    var roots: [UInt64] = []  // with 62 fractional bits
    var root: UInt64 = 2 << 62
    for _ in 0..<8 {
      root = squareRoot(of: UInt128(root) << 62)
      roots.append(root)
    }
    return (0...256).map { position in
      guard position < 256 else { return 2 << 32 }
      var power: UInt64 = 1 << 62
      for level in 0..<8 where position >> (7 - level) & 1 == 1 {
        let product = power.multipliedFullWidth(by: roots[level])
        power = product.high << 2 | product.low >> 62
      }
      return power >> 30
    }
  }()

  /// The largest whole number whose square does not exceed the value.
  private static func squareRoot(of value: UInt128) -> UInt64 {
    var root: UInt128 = 0
    for bit in stride(from: 63, through: 0, by: -1) {
      let candidate = root | 1 << UInt128(bit)
      if candidate * candidate <= value { root = candidate }
    }
    return UInt64(root)
  }
}

/// A decimal number as written: a whole number divided by a power of ten, without rounding.
struct ExactDecimal: Equatable {
  let isNegative: Bool
  let significand: UInt64

  /// How many of the significand's digits stand after the point; never negative.
  let fractionDigits: Int

  /// Reads a decimal such as `-1.50` or `2e-3`; nil if it is malformed or has too many digits.
  init?(_ text: some StringProtocol) {
    let isNegative = text.first == "-"
    let body = isNegative || text.first == "+" ? text.dropFirst() : text[...]
    guard let parts = Self.split(body) else { return nil }
    var fractionDigits = parts.fraction.utf8.count - parts.exponent
    var digits = (parts.whole + parts.fraction).drop { $0 == "0" }
    while digits.last == "0" && fractionDigits > 0 {
      digits.removeLast()
      fractionDigits -= 1
    }
    if digits.isEmpty {
      (self.isNegative, self.significand, self.fractionDigits) = (false, 0, 0)
      return
    }
    guard fractionDigits > -20 else { return nil }
    let zeros = String(repeating: "0", count: max(0, -fractionDigits))
    guard let significand = UInt64(digits + zeros) else { return nil }
    self.isNegative = isNegative
    self.significand = significand
    self.fractionDigits = max(0, fractionDigits)
  }

  /// Whether an unsigned text follows the grammar of decimal numbers, however many digits it has.
  static func isWellFormed(_ text: some StringProtocol) -> Bool {
    split(text) != nil
  }

  /// This number times a whole one, without its sign; nil if the product is no whole number.
  func wholeProduct(with factor: UInt64) -> UInt128? {
    if significand == 0 { return 0 }
    var product = UInt128(significand) * UInt128(factor)
    for _ in 0..<fractionDigits {
      let (quotient, remainder) = product.quotientAndRemainder(dividingBy: 10)
      if remainder != 0 { return nil }
      product = quotient
    }
    return product
  }

  private static func split(
    _ text: some StringProtocol
  ) -> (whole: String, fraction: String, exponent: Int)? {
    let halves = text.split(omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
    guard halves.count <= 2 else { return nil }
    let parts = halves[0].split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2 else { return nil }
    let fraction = parts.count == 2 ? String(parts[1]) : ""
    let digits = String(parts[0]) + fraction
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    if halves.count == 1 { return (String(parts[0]), fraction, 0) }
    guard let exponent = Int(halves[1]), (-1_000...1_000).contains(exponent) else { return nil }
    return (String(parts[0]), fraction, exponent)
  }
}

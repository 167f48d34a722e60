/// A probability or proportion as an exact fraction, because floating point may differ between machines.
public struct Ratio: Hashable, Sendable {
  /// The upper number.
  public let numerator: UInt64
  /// The lower number; never zero.
  public let denominator: UInt64

  /// Creates the fraction `numerator` in `denominator`; a zero denominator traps.
  public init(_ numerator: UInt64, in denominator: UInt64) {
    precondition(denominator > 0, "a ratio needs a denominator above zero")
    self.numerator = numerator
    self.denominator = denominator
  }

  /// Nothing: the probability of what never happens.
  public static let zero = Ratio(0, in: 1)

  /// The whole: the probability of what always happens.
  public static let one = Ratio(1, in: 1)

  /// A number of hundredths.
  public static func percent(_ count: UInt64) -> Ratio { Ratio(count, in: 100) }
}

extension Ratio: CustomStringConvertible {
  /// The fraction, such as `1/100`.
  public var description: String { "\(numerator)/\(denominator)" }
}

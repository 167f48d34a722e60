public import Determinism

extension StrictValue {
  /// A whole number within bounds.
  public func integer<Integer: FixedWidthInteger>(
    in range: ClosedRange<Integer> = .min ... .max
  ) throws(ScenarioError) -> Integer {
    guard case .integer(let wide) = value.kind else {
      if case .decimal(let text) = value.kind {
        throw failure("\(label) must be a whole number, not \(text)")
      }
      throw mismatch("a whole number")
    }
    guard let number = Integer(exactly: wide), range.contains(number) else {
      throw failure("\(label) must lie between \(range.lowerBound) and \(range.upperBound)")
    }
    return number
  }

  /// A number between 0 and 1 as a fraction in lowest terms, exactly as written.
  public func probability() throws(ScenarioError) -> (numerator: UInt64, denominator: UInt64) {
    let outOfRange = failure("\(label) must lie between 0 and 1")
    switch value.kind {
    case .integer(let number):
      guard number == 0 || number == 1 else { throw outOfRange }
      return (UInt64(number), 1)
    case .decimal(let text):
      guard let decimal = ExactDecimal(text), decimal.fractionDigits <= 18 else {
        throw failure("\(label) must be a number of at most 18 decimal places")
      }
      let denominator = (0..<decimal.fractionDigits).reduce(UInt64(1)) { power, _ in power * 10 }
      guard !decimal.isNegative, decimal.significand <= denominator else { throw outOfRange }
      let divisor = Self.greatestCommonDivisor(decimal.significand, denominator)
      return (decimal.significand / divisor, denominator / divisor)
    default:
      throw mismatch("a number between 0 and 1")
    }
  }

  /// A span of time written with its unit, such as `"50ms"`.
  public func duration() throws(ScenarioError) -> Nanoseconds {
    try duration(allowsNegative: false)
  }

  /// A span of time that may point into the past, such as `"-200ms"`.
  public func signedDuration() throws(ScenarioError) -> Nanoseconds {
    try duration(allowsNegative: true)
  }

  /// The shortest and the longest time, such as `["1ms", "20ms"]`.
  public func durationRange() throws(ScenarioError) -> ClosedRange<Nanoseconds> {
    let bounds = try list { (value) throws(ScenarioError) in try value.duration() }
    guard bounds.count == 2, bounds[0] <= bounds[1] else {
      throw failure(
        "\(label) must be the shortest and the longest time",
        hint: "such as [\"1ms\", \"20ms\"]")
    }
    return bounds[0]...bounds[1]
  }

  private func duration(allowsNegative: Bool) throws(ScenarioError) -> Nanoseconds {
    let malformed: MalformedText
    switch value.kind {
    case .string(let text):
      do throws(MalformedText) {
        return try DurationText.parse(text, allowsNegative: allowsNegative)
      } catch {
        malformed = error
      }
    case .integer(let number): malformed = DurationText.missingUnit(after: String(number))
    case .decimal(let text): malformed = DurationText.missingUnit(after: text)
    default: throw mismatch("a duration such as \"50ms\"")
    }
    throw failure("\(label) \(malformed.complaint)", hint: malformed.hint)
  }

  private static func greatestCommonDivisor(_ left: UInt64, _ right: UInt64) -> UInt64 {
    right == 0 ? left : greatestCommonDivisor(right, left % right)
  }
}

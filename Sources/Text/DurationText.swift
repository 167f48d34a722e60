public import Determinism

/// Reads spans of time as people write them: `50ms`, `1.5ms`, `2s`, `10m`.
public enum DurationText {
  /// Every unit, shortest first, with its length in nanoseconds.
  private static let units: [(name: String, nanoseconds: UInt64)] = [
    ("ns", 1), ("us", 1_000), ("µs", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000),
    ("m", 60_000_000_000), ("h", 3_600_000_000_000),
  ]

  /// The exact span that a text means; a negative one only where that makes sense.
  public static func parse(
    _ text: String, allowsNegative: Bool = false
  ) throws(MalformedText) -> Nanoseconds {
    let number = text.prefix { $0.isNumber || $0 == "." || $0 == "-" || $0 == "+" }
    let name = text.dropFirst(number.count).drop { $0 == " " }
    guard number.contains(where: \.isNumber) else {
      throw MalformedText("must be a duration", hint: "such as \"50ms\" or \"2s\"")
    }
    if name.isEmpty { throw missingUnit(after: String(number)) }
    guard let unit = units.first(where: { $0.name == name }) else {
      throw MalformedText(
        "has an unknown unit \"\(name)\"", hint: "units are ns, us, ms, s, m and h")
    }
    guard let decimal = ExactDecimal(number) else {
      throw MalformedText("is not a duration of at most 19 digits")
    }
    if decimal.isNegative && !allowsNegative { throw MalformedText("must not be negative") }
    guard let magnitude = decimal.wholeProduct(with: unit.nanoseconds) else {
      throw MalformedText("is finer than a nanosecond")
    }
    guard let count = Int64(exactly: magnitude) else {
      throw MalformedText("is longer than 292 years")
    }
    return Nanoseconds(decimal.isNegative ? -count : count)
  }

  /// A span in the largest unit that leaves it whole, ready to be read back: `1500ms`.
  public static func format(_ span: Nanoseconds) -> String {
    let (count, unit) = largestWholeUnit(span)
    return "\(count)\(unit)"
  }

  /// A span as people read it: `1500 ms`.
  public static func describe(_ span: Nanoseconds) -> String {
    let (count, unit) = largestWholeUnit(span)
    return "\(count) \(unit)"
  }

  private static func largestWholeUnit(_ span: Nanoseconds) -> (count: Int64, unit: String) {
    // Minutes and hours read worse than seconds, and µ is not ASCII.
    let unit = units.last {
      $0.nanoseconds <= 1_000_000_000 && $0.name != "µs"
        && span.count % Int64($0.nanoseconds) == 0
    }
    guard span.count != 0, let unit else { return (span.count, span.count == 0 ? "ms" : "ns") }
    return (span.count / Int64(unit.nanoseconds), unit.name)
  }

  /// The complaint about a number without a unit, with its two likely meanings.
  static func missingUnit(after number: String) -> MalformedText {
    MalformedText("needs a unit", hint: "did you mean \"\(number)ms\" or \"\(number)s\"?")
  }
}

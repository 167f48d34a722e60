import Text
import Scenarios

/// Reads and writes seeds: decimal or `0x` hexadecimal, `_` between digits allowed.
enum SeedText {
  /// The seed that a text stands for.
  static func parse(_ text: String) throws(MalformedText) -> UInt64 {
    if text.hasPrefix("-") { throw MalformedText("must not be negative") }
    let digits = text.filter { $0 != "_" }
    if digits.hasPrefix("0x") || digits.hasPrefix("0X") { return try parseHexadecimal(text) }
    guard isNumeral(digits, radix: 10) else {
      let isBareHexadecimal = isNumeral(digits, radix: 16)
      throw MalformedText(
        "must be a seed, not \"\(text)\"",
        hint: isBareHexadecimal ? "did you mean 0x\(text)?" : "such as 42 or 0x9f2c41d7")
    }
    guard let seed = UInt64(digits) else { throw MalformedText("does not fit into 64 bits") }
    return seed
  }

  /// The number that hexadecimal digits stand for, with or without `0x` before them.
  static func parseHexadecimal(_ text: String) throws(MalformedText) -> UInt64 {
    let hasPrefix = text.hasPrefix("0x") || text.hasPrefix("0X")
    let digits = text.dropFirst(hasPrefix ? 2 : 0).filter { $0 != "_" }
    guard isNumeral(digits, radix: 16) else {
      throw MalformedText("must be hexadecimal digits, not \"\(text)\"")
    }
    guard let number = UInt64(digits, radix: 16) else {
      throw MalformedText("does not fit into 64 bits")
    }
    return number
  }

  /// The seeds of `A..B`, both ends included.
  static func parseRange(_ text: String) throws(MalformedText) -> ClosedRange<UInt64> {
    let ends = text.split(separator: "..", omittingEmptySubsequences: false)
    guard ends.count == 2 else {
      throw MalformedText("must be two seeds, not \"\(text)\"", hint: "such as 1..1000")
    }
    let (first, last) = (try parse(String(ends[0])), try parse(String(ends[1])))
    guard first <= last else { throw MalformedText("begins after its end") }
    return first...last
  }

  /// The form in which seeds are printed: lower-case hexadecimal, ready to be read back.
  static func format(_ seed: UInt64) -> String { "0x" + String(seed, radix: 16) }

  private static func isNumeral(_ digits: String, radix: Int) -> Bool {
    !digits.isEmpty
      && digits.allSatisfy { $0.isASCII && ($0.hexDigitValue ?? .max) < radix }
  }
}

/// One run by name: a scenario and the seed that decides everything in it, as `scenario@seed`.
struct RunReference: Hashable, Sendable, CustomStringConvertible {
  let scenario: String
  let seed: UInt64

  init(scenario: String, seed: UInt64) {
    self.scenario = scenario
    self.seed = seed
  }

  /// Splits at the last `@`, so that a scenario's path may contain others.
  init(_ text: String) throws(MalformedText) {
    guard let separator = text.lastIndex(of: "@"), separator > text.startIndex else {
      throw MalformedText("must be scenario@seed, not \"\(text)\"")
    }
    self.scenario = String(text[..<separator])
    self.seed = try SeedText.parse(String(text[text.index(after: separator)...]))
  }

  var description: String { "\(scenario)@\(SeedText.format(seed))" }
}

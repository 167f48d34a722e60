import Determinism
import Testing

@testable import Text

/// Texts that stand for one quantity or one name: durations, decimals, suggestions.
struct ScalarTextTests {
  @Test(arguments: [
    ("0s", 0), ("1ns", 1), ("200us", 200_000), ("3µs", 3_000), ("50ms", 50_000_000),
    ("1.5ms", 1_500_000), ("2s", 2_000_000_000), ("10m", 600_000_000_000),
    ("1h", 3_600_000_000_000), ("41.200 ms", 41_200_000), (".5us", 500), ("1.0ns", 1),
    ("9223372036854775807ns", Int64.max),
  ])
  func `a duration is read exactly`(text: String, count: Int64) throws {
    #expect(try DurationText.parse(text) == Nanoseconds(count))
  }

  @Test(arguments: [
    ("1.5ns", "is finer than a nanosecond"), ("9223372036854775808ns", "is longer than 292 years"),
    ("1.2.3s", "is not a duration of at most 19 digits"),
    ("99999999999999999999s", "is not a duration of at most 19 digits"), ("", "must be a duration"),
    ("-", "must be a duration"), ("7", "needs a unit"), ("5d", "has an unknown unit \"d\""),
  ])
  func `a malformed duration says what is wrong`(text: String, complaint: String) {
    let error = #expect(throws: MalformedText.self) { try DurationText.parse(text) }
    #expect(error?.complaint == complaint)
  }

  @Test func `decimals keep every digit and drop idle zeros`() throws {
    let number = try #require(ExactDecimal("-001.500e-2"))
    #expect(number.isNegative && number.significand == 15 && number.fractionDigits == 3)
    #expect(ExactDecimal("1e19")?.significand == 10_000_000_000_000_000_000)
    #expect(ExactDecimal("-0.0")?.isNegative == false)
    for text in ["", ".", "e5", "1e", "1e9999", "1e20", "0x1", "1.2.3", "--1", "Infinity", "1e1e1"]
    {
      #expect(ExactDecimal(text) == nil, "\(text)")
    }
  }

  @Test(arguments: [
    ("fualts", "faults"), ("partion", "partition"), ("FAULTS", "faults"), ("fault", "faults"),
    ("lop", "log"), ("loss", nil), ("xy", nil), ("", nil), ("zebra", nil),
  ])
  func `a suggestion is close or absent`(name: String, expected: String?) {
    let candidates = ["partition", "faults", "loss", "log"]
    #expect(Suggestion.nearest(to: name, among: candidates) == expected)
  }

  @Test func `of equally near names the first is suggested`() {
    #expect(Suggestion.nearest(to: "nodes", among: ["node1", "nodea", "nod"]) == "node1")
    #expect(Suggestion.nearest(to: "abd", among: ["abc", "abe"]) == "abc")
  }

  @Test(arguments: [("", "abc", 3), ("ca", "ac", 1), ("kitten", "sitting", 3), ("a", "a", 0)])
  func `the edit distance counts a swap of neighbours once`(
    left: String, right: String, distance: Int
  ) {
    #expect(Suggestion.distance(left, right) == distance)
  }
}

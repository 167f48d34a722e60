import Determinism
import Testing

struct NanosecondsTests {
  @Test func `units are multiples of each other`() {
    #expect(Nanoseconds.microseconds(1).count == 1_000)
    #expect(Nanoseconds.milliseconds(1) == .microseconds(1_000))
    #expect(Nanoseconds.seconds(-1) == .milliseconds(-1_000))
    #expect(Nanoseconds.zero == Nanoseconds(0))
  }

  @Test func `spans add, subtract, multiply, divide and compare as numbers do`() {
    let span = Nanoseconds(7)
    #expect(span + Nanoseconds(-9) == Nanoseconds(-2))
    #expect(span - Nanoseconds(9) == Nanoseconds(-2))
    #expect(span * -3 == Nanoseconds(-21))
    #expect(span / 2 == Nanoseconds(3))
    #expect(Nanoseconds(-7) / 2 == Nanoseconds(-3))
    #expect(Nanoseconds(-1) < .zero && .zero < span)
  }

  private static let texts: [(Int64, String)] = [
    (0, "0.000 ms"), (999, "0.000 ms"), (1_000, "0.001 ms"), (41_200_000, "41.200 ms"),
    (-1_500_000, "-1.500 ms"), (.max, "9223372036854.775 ms"), (.min, "-9223372036854.775 ms"),
  ]

  @Test(arguments: texts)
  func `a span is told in milliseconds`(count: Int64, text: String) {
    #expect(Nanoseconds(count).description == text)
  }
}

struct InstantTests {
  @Test func `spans lead from instant to instant`() {
    let instant = Instant.start + .milliseconds(5)
    #expect(instant.nanosecondsSinceStart == 5_000_000)
    #expect(instant + .milliseconds(-5) == .start)
    #expect(.start - instant == .milliseconds(-5))
    #expect(Instant.start < instant)
    #expect(instant.description == "5.000 ms")
  }

  @Test func `there is no time before the start`() async {
    await #expect(processExitsWith: .failure) { _ = Instant.start + Nanoseconds(-1) }
  }
}

struct RatioTests {
  @Test func `fractions keep their parts`() {
    #expect(Ratio(2, in: 4).numerator == 2)
    #expect(Ratio(2, in: 4).denominator == 4)
    #expect(Ratio.percent(5) == Ratio(5, in: 100))
    #expect(Ratio.zero.numerator == 0)
    #expect(Ratio.one == Ratio(1, in: 1))
    #expect(Ratio(1, in: 100).description == "1/100")
  }

  @Test func `there is no fraction of nothing`() async {
    await #expect(processExitsWith: .failure) { _ = Ratio(1, in: 0) }
  }
}

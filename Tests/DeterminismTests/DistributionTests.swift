import Determinism
import Foundation
import TestKit
import Testing

/// Distributions have the means and quantiles that their names promise.
struct DistributionTests {
  private static let count = 100_000
  private let draws = (0..<UInt64(count)).map { Randomness(seed: 11).draw(.message, 1, $0) }

  /// Expects that a share of the draws, as large as the theory says, has a property.
  private func expectShare(
    _ expected: Double, _ what: String, sourceLocation: SourceLocation = #_sourceLocation,
    where holds: (Draw) -> Bool
  ) {
    let hits = draws.count(where: holds)
    let off = deviations(successes: hits, of: Self.count, probability: expected)
    #expect(
      abs(off) < toleratedDeviations, "seed 11: \(what) in \(hits) of \(Self.count) draws",
      sourceLocation: sourceLocation)
  }

  @Test(arguments: [(0, 1), (1, 1_000), (1, 3), (1, 2), (19, 20), (1, 1)] as [(UInt64, UInt64)])
  func `chances come true as often as they should`(numerator: UInt64, denominator: UInt64) {
    let ratio = Ratio(numerator, in: denominator)
    let expected = Double(numerator) / Double(denominator)
    guard expected > 0, expected < 1 else {
      #expect(draws.allSatisfy { $0.happens(ratio) == (expected == 1) })
      return
    }
    expectShare(expected, "\(ratio)") { $0.happens(ratio) }
  }

  @Test func `numbers below a bound are even and stay below it`() {
    var counts = Array(repeating: 0, count: 17)
    for draw in draws { counts[Int(draw.below(17))] += 1 }
    #expect(abs(unevenness(of: counts)) < toleratedDeviations, "seed 11")
    #expect(draws[0].below(0) == 0)
    #expect(draws.allSatisfy { $0.below(1) == 0 })
  }

  @Test func `both ends of a uniform span are possible`() {
    var counts = Array(repeating: 0, count: 9)
    for draw in draws { counts[Int(draw.between(Nanoseconds(-4), Nanoseconds(4)).count) + 4] += 1 }
    #expect(abs(unevenness(of: counts)) < toleratedDeviations, "seed 11")
    #expect(draws[0].between(.seconds(1), .seconds(1)) == .seconds(1))
    #expect(draws[0].between(.seconds(2), .seconds(1)) == .seconds(2))
  }

  @Test func `exponential spans have their mean and their quantiles`() {
    let nanoseconds = draws.map { Double($0.exponential(mean: .milliseconds(3)).count) }
    #expect(abs(mean(nanoseconds) / 3e6 - 1) < 0.02, "seed 11")
    for limit in [0.1, 0.693, 1, 2, 5] {
      expectShare(exp(-limit), "longer than \(limit) means") {
        Double($0.exponential(mean: .milliseconds(3)).count) > limit * 3e6
      }
    }
    #expect(nanoseconds.allSatisfy { $0 >= 0 && $0 <= 45 * 3e6 })
    #expect(draws[0].exponential(mean: .zero) == .zero)
  }

  @Test(arguments: [(1, 1), (3, 2), (3, 1)] as [(UInt64, UInt64)])
  func `heavy tails follow their power law`(numerator: UInt64, denominator: UInt64) {
    let shape = Ratio(numerator, in: denominator)
    let exponent = Double(numerator) / Double(denominator)
    func factor(_ draw: Draw) -> Double {
      Double(draw.heavyTailed(minimum: .milliseconds(1), shape: shape, cap: .seconds(1)).count)
        / 1e6
    }
    for limit in [1.1, 2, 5, 10] {
      expectShare(pow(limit, -exponent), "above \(limit) minima") { factor($0) > limit }
    }
    #expect(draws.allSatisfy { factor($0) >= 1 && factor($0) <= 1_000 }, "seed 11")
  }

  @Test(arguments: [(1, 4), (1, 2), (2, 1)] as [(UInt64, UInt64)])
  func `logarithms of latencies are bell-shaped`(numerator: UInt64, denominator: UInt64) {
    let sigma = Double(numerator) / Double(denominator)
    let logarithms = draws.map { draw in
      let span = draw.logNormalLike(
        median: .milliseconds(1), sigma: Ratio(numerator, in: denominator))
      return log(Double(span.count) / 1e6)
    }
    #expect(abs(mean(logarithms)) < toleratedDeviations * sigma / 316, "seed 11")
    let deviation = mean(logarithms.map { $0 * $0 }).squareRoot()
    #expect(abs(deviation / sigma - 1) < 0.02, "seed 11")
    #expect(logarithms.allSatisfy { abs($0) <= 3.47 * sigma }, "seed 11")
    let within = logarithms.count { abs($0) < sigma }
    #expect((0.65...0.70).contains(Double(within) / Double(Self.count)), "seed 11")
  }

  @Test func `weights are respected and none of nothing is chosen`() {
    let weights: [UInt64] = [5, 0, 1, 4]
    for (position, weight) in weights.enumerated() where weight > 0 {
      expectShare(Double(weight) / 10, "position \(position)") {
        $0.weighted(weights) == position
      }
    }
    #expect(!draws.contains { $0.weighted(weights) == 1 }, "seed 11")
    #expect(draws[0].weighted([]) == nil)
    #expect(draws[0].weighted([0, 0]) == nil)
  }

  @Test func `each element is chosen as often as the others`() {
    for element in ["a", "b", "c"] {
      expectShare(1.0 / 3, element) { $0.element(of: ["a", "b", "c"]) == element }
    }
    #expect(draws[0].element(of: [Int]()) == nil)
  }

  @Test(arguments: [UInt64(0), 11])
  func `all orders of four are equally frequent`(seed: UInt64) {
    var counts: [[Int]: Int] = [:]
    for ordinal in UInt64(0)..<24_000 {
      counts[Randomness(seed: seed).draw(.swarm, 0, ordinal).permutation(of: 4), default: 0] += 1
    }
    #expect(counts.count == 24, "seed \(seed)")
    #expect(abs(unevenness(of: Array(counts.values))) < toleratedDeviations, "seed \(seed)")
  }
}

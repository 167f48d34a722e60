import Determinism
import TestKit
import Testing

/// A way to walk from one key to the next; draws along it must look unrelated.
enum Walk: String, CaseIterable, Sendable {
  case ordinals, subjects, purposes, purposesOfPurposes, seeds, distantSeeds

  func bits(_ step: UInt64, seed: UInt64) -> UInt64 {
    let randomness = Randomness(seed: seed)
    return switch self {
    case .ordinals: randomness.draw(.message, 3, step).bits
    case .subjects: randomness.draw(.message, step, 3).bits
    case .purposes: randomness.draw(.message, 3, 4).purpose(step).bits
    case .purposesOfPurposes: randomness.draw(.message).purpose(step).purpose(1).bits
    case .seeds: Randomness(seed: seed &+ step).draw(.message, 3, 4).bits
    case .distantSeeds: Randomness(seed: seed &+ step << 32).draw(.message, 3, 4).bits
    }
  }
}

/// Draws of neighbouring keys look like independent uniform bits.
struct RandomnessStatisticsTests {
  private static let count = 50_000

  private func numbers(_ walk: Walk, seed: UInt64) -> [UInt64] {
    (0..<UInt64(Self.count)).map { walk.bits($0, seed: seed) }
  }

  @Test(arguments: Walk.allCases, [UInt64(0), 99])
  func `every bit is set half the time`(walk: Walk, seed: UInt64) {
    let numbers = numbers(walk, seed: seed)
    for bit in UInt64(0)..<64 {
      let ones = numbers.reduce(0) { $0 + Int($1 >> bit & 1) }
      let off = deviations(successes: ones, of: Self.count, probability: 0.5)
      #expect(abs(off) < toleratedDeviations, "bit \(bit) of \(walk), seed \(seed)")
    }
  }

  @Test(arguments: Walk.allCases, [UInt64(0), 99])
  func `low and high bytes are even`(walk: Walk, seed: UInt64) {
    var low = Array(repeating: 0, count: 256)
    var high = low
    for number in numbers(walk, seed: seed) {
      low[Int(number & 0xFF)] += 1
      high[Int(number >> 56)] += 1
    }
    #expect(abs(unevenness(of: low)) < toleratedDeviations, "\(walk), seed \(seed)")
    #expect(abs(unevenness(of: high)) < toleratedDeviations, "\(walk), seed \(seed)")
  }

  @Test(arguments: Walk.allCases, [UInt64(0), 99])
  func `a draw tells nothing about its neighbour`(walk: Walk, seed: UInt64) {
    let numbers = numbers(walk, seed: seed)
    let correlation = correlationOfNeighbours(numbers.map { Double($0 >> 11) })
    let allowed = toleratedDeviations / Double(Self.count).squareRoot()
    #expect(abs(correlation) < allowed, "\(walk), seed \(seed)")

    var highPairs = Array(repeating: 0, count: 256)
    var lowPairs = highPairs
    var changed = 0
    for (number, next) in zip(numbers, numbers.dropFirst()) {
      highPairs[Int((number >> 60) * 16 + next >> 60)] += 1
      lowPairs[Int((number & 15) * 16 + next & 15)] += 1
      changed += (number ^ next).nonzeroBitCount
    }
    #expect(abs(unevenness(of: highPairs)) < toleratedDeviations, "\(walk), seed \(seed)")
    #expect(abs(unevenness(of: lowPairs)) < toleratedDeviations, "\(walk), seed \(seed)")
    let off = deviations(successes: changed, of: 64 * (Self.count - 1), probability: 0.5)
    #expect(abs(off) < toleratedDeviations, "\(walk), seed \(seed)")
  }

  @Test func `sites and purposes of one key are unrelated`() {
    let randomness = Randomness(seed: 5)
    var seen: Set<UInt64> = []
    for site in Site.allCases {
      for subject in UInt64(0)..<20 {
        for ordinal in UInt64(0)..<20 {
          let draw = randomness.draw(site, subject, ordinal)
          seen.insert(draw.bits)
          for purpose in UInt64(0)..<4 { seen.insert(draw.purpose(purpose).bits) }
        }
      }
    }
    #expect(seen.count == Site.allCases.count * 20 * 20 * 5, "two keys share their bits")
  }

  @Test func `asking twice gives the same`() {
    let draw = Randomness(seed: 8).draw(.clock, 1, 2)
    #expect(draw == Randomness(seed: 8).draw(.clock, 1, 2))
    #expect(draw.bits == draw.bits)
    #expect(draw.purpose(3) == draw.purpose(3))
    #expect(draw.purpose(3) != draw.purpose(4))
  }
}

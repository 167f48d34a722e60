import Determinism
import ProtocolKit
import Simulation
import TestKit
import Testing

/// Links lose, double and delay as often and as long as they are told to, and not otherwise.
struct LinkTests {
  private static let calm = LinkConditions(delay: .constant(.microseconds(300)))
  private static let percentages: [UInt64] = [1, 5, 33, 90]

  /// Worlds of many seeds in which the first node sends a thousand messages to the second.
  private func worlds(_ links: LinkConditions, seeds: Range<UInt64> = 0..<10) throws -> [World] {
    try seeds.map { seed in
      try World(.talk, seed: seed, links: links, chaos: .milliseconds(1_500), beats: 1_000)
        .finished()
    }
  }

  @Test func `a calm link delivers everything once, in order and on time`() throws {
    for world in try worlds(Self.calm, seeds: 0..<3) {
      let heard = try world.probe(1).heard
      #expect(heard.map(\.number) == Array(0..<1_000))
      #expect(
        heard.allSatisfy {
          $0.at.nanoseconds == Int64($0.number + 1) * 1_000_000 + 300_000
        })
      #expect(try world.probe(0).heard.isEmpty)
      #expect(world.evidence == FaultEvidence())
    }
  }

  @Test(arguments: percentages)
  func `messages are lost as often as the link says`(percent: UInt64) throws {
    var links = Self.calm
    links.loss = .percent(percent)
    let worlds = try worlds(links)
    let arrived = try worlds.reduce(0) { try $0 + $1.probe(1).heard.count }
    let lost = worlds.reduce(0) { $0 + $1.evidence[.messagesLost] }
    #expect(arrived + lost == 10_000, "seeds 0 to 9")
    let off = deviations(successes: lost, of: 10_000, probability: Double(percent) / 100)
    #expect(abs(off) < toleratedDeviations, "seeds 0 to 9: \(lost) of 10000")
  }

  @Test(arguments: percentages)
  func `messages arrive twice as often as the link says, and never three times`(
    percent: UInt64
  ) throws {
    var links = Self.calm
    links.duplication = .percent(percent)
    var doubled = 0
    for (seed, world) in try worlds(links).enumerated() {
      let counts = try world.numbers(from: 0, to: 1).reduce(into: SortedMap<UInt64, Int>()) {
        $0[$1, default: 0] += 1
      }
      #expect(counts.count == 1_000 && counts.values.allSatisfy { $0 <= 2 }, "seed \(seed)")
      let doubles = counts.values.count { $0 == 2 }
      #expect(doubles == world.evidence[.messagesDuplicated], "seed \(seed)")
      doubled += doubles
    }
    let off = deviations(successes: doubled, of: 10_000, probability: Double(percent) / 100)
    #expect(abs(off) < toleratedDeviations, "seeds 0 to 9: \(doubled) of 10000")
  }

  @Test func `messages held back are overtaken, and arrive within the bound`() throws {
    var links = Self.calm
    links.reordering = .percent(20)
    links.holdBack = .milliseconds(10)
    var heldBack = 0
    for (seed, world) in try worlds(links).enumerated() {
      let heard = try world.probe(1).heard
      #expect(heard.map(\.number).sorted() == Array(0..<1_000), "seed \(seed)")
      let overtakings = zip(heard, heard.dropFirst()).count { $0.number > $1.number }
      #expect(overtakings > 50, "seed \(seed)")
      for message in heard {
        let late = message.at.nanoseconds - Int64(message.number + 1) * 1_000_000 - 300_000
        #expect((0...10_000_000).contains(late), "seed \(seed)")
      }
      heldBack += world.evidence[.messagesOvertaken]
    }
    let off = deviations(successes: heldBack, of: 10_000, probability: 0.2)
    #expect(abs(off) < toleratedDeviations, "seeds 0 to 9: \(heldBack) of 10000")
  }

  private static let bounds: [(DelayDistribution, shortest: Int64, longest: Int64)] = [
    (.uniform(shortest: .microseconds(100), longest: .microseconds(900)), 100, 900),
    (.exponential(shortest: .microseconds(200), mean: .microseconds(100)), 200, 4_700),
    (.logNormalLike(median: .microseconds(300), sigma: Ratio(1, in: 4)), 125, 715),
    (
      .heavyTailed(
        shortest: .microseconds(100), shape: Ratio(1, in: 1), cap: .milliseconds(50)),
      100, 50_000
    ),
  ]

  @Test(arguments: bounds)
  func `delays stay within the bounds of their distribution, duplicates included`(
    delay: DelayDistribution, shortest: Int64, longest: Int64
  ) throws {
    let links = LinkConditions(delay: delay, duplication: .percent(30))
    for (seed, world) in try worlds(links).enumerated() {
      let delays = try world.probe(1).heard.map {
        $0.at.nanoseconds - Int64($0.number + 1) * 1_000_000
      }
      #expect(delays.count > 1_000, "seed \(seed)")
      #expect(
        delays.allSatisfy { (shortest * 1_000...longest * 1_000).contains($0) }, "seed \(seed)")
      #expect(Set(delays).count > 500, "seed \(seed): the delays hardly differ")
    }
  }

  @Test func `an exception applies to its direction only`() throws {
    let slow = LinkConditions(delay: .constant(.milliseconds(9)))
    let world = try World(.chatter, nodes: 3, beats: 20) {
      $0.linkExceptions = [LinkException(from: [NodeID(0)], to: [NodeID(1)], conditions: slow)]
    }.finished()
    func delays(_ from: Int, _ to: Int) throws -> Set<Int64> {
      let heard = try world.probe(to).heard.filter { $0.sender == NodeID(from) }
      return Set(heard.map { $0.at.nanoseconds - Int64($0.number + 1) * 1_000_000 })
    }
    #expect(try delays(0, 1) == [9_000_000])
    #expect(try delays(1, 0) == [300_000])
    #expect(try delays(0, 2) == [300_000])
    #expect(try delays(2, 1) == [300_000])
  }

  @Test(arguments: UInt64(0)..<5)
  func `every direction has luck of its own, which further nodes leave alone`(
    seed: UInt64
  ) throws {
    var links = Self.calm
    links.loss = .percent(50)
    let three = try World(.chatter, nodes: 3, seed: seed, links: links).finished()
    let four = try World(.chatter, nodes: 4, seed: seed, links: links).finished()
    var seen: Set<[UInt64]> = []
    for sender in 0..<3 {
      for recipient in 0..<3 where recipient != sender {
        let numbers = try three.numbers(from: sender, to: recipient)
        seen.insert(numbers)
        #expect(try four.numbers(from: sender, to: recipient) == numbers, "seed \(seed)")
      }
    }
    #expect(seen.count == 6, "seed \(seed): two links lost the same messages")
  }
}

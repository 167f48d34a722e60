import Determinism
import ProtocolKit
import Simulation
import TestKit
import Testing

/// Bandwidth, order and damage do what they say, to the nanosecond.
///
/// Message number k leaves at k + 1 ms and has 100, 200 or 300 bytes in turn.
struct LineTests {
  private static let seeds = UInt64(0)..<10

  private func world(_ links: LinkConditions, seed: UInt64, beats: Int = 1_000) throws -> World {
    try World(.talk, seed: seed, links: links, chaos: .seconds(3), beats: beats).finished()
  }

  /// When each message arrived in nanoseconds, by its number; no message may arrive twice.
  private func arrivals(_ world: World, at recipient: Int = 1) throws -> SortedMap<UInt64, Int64> {
    var arrivals = SortedMap<UInt64, Int64>()
    for message in try world.probe(recipient).heard {
      #expect(arrivals[message.number] == nil, "\(message.number) arrived twice")
      arrivals[message.number] = message.at.nanoseconds
    }
    return arrivals
  }

  /// Delays that differ widely, so that messages overtake each other wherever they may.
  private static var jittery: LinkConditions {
    var links = LinkConditions(
      delay: .heavyTailed(
        shortest: .microseconds(100), shape: Ratio(1, in: 1), cap: .milliseconds(50)))
    (links.loss, links.reordering, links.holdBack) = (.percent(5), .percent(5), .milliseconds(9))
    return links
  }

  @Test(arguments: seeds)
  func `an ordered link delivers on time or right behind the message before`(seed: UInt64) throws {
    var links = Self.jittery
    let free = try arrivals(try world(links, seed: seed))
    links.order = .fifo
    let ordered = try arrivals(try world(links, seed: seed))
    #expect(free.keys == ordered.keys, "seed \(seed): order loses nothing")
    var last: Int64 = 0
    for (number, arrival) in ordered {
      last = max(try #require(free[number]), last + 1)
      #expect(arrival == last, "seed \(seed), number \(number)")
    }
  }

  @Test(arguments: seeds)
  func `on an ordered link not even duplicates are overtaken`(seed: UInt64) throws {
    var links = Self.jittery
    links.duplication = .percent(20)
    let free = try world(links, seed: seed).numbers(from: 0, to: 1)
    links.order = .fifo
    let ordered = try world(links, seed: seed).numbers(from: 0, to: 1)
    #expect(free != free.sorted(), "seed \(seed): nothing is overtaken anyway")
    #expect(ordered == free.sorted(), "seed \(seed)")
  }

  @Test(arguments: [nil, 0, 250, 1_000] as [Int64?])
  func `messages wait for the line, and are dropped where the queue is full`(
    queueBytes: Int64?
  ) throws {
    var links = LinkConditions(delay: .constant(.microseconds(300)))
    links.bandwidth = Bandwidth(bytesPerSecond: 170_000, queueBytes: queueBytes)
    let world = try world(links, seed: 1)
    let arrived = try arrivals(world)
    var (freeAt, queued, dropped) = (Int64(0), 0, 0)
    for number in UInt64(0)..<1_000 {
      let sent = Int64(number + 1) * 1_000_000
      let wait = max(0, freeAt - sent)
      let longest = queueBytes.map { ($0 * 1_000_000_000 + 169_999) / 170_000 }
      guard wait <= longest ?? .max else {
        dropped += 1
        #expect(arrived[number] == nil, "number \(number)")
        continue
      }
      queued += wait > 0 ? 1 : 0
      let bytes = 100 * Int64(number % 3 + 1)
      freeAt = sent + wait + (bytes * 1_000_000_000 + 169_999) / 170_000
      #expect(arrived[number] == freeAt + 300_000, "number \(number)")
    }
    #expect(world.evidence[.messagesQueued] == queued)
    #expect(world.evidence[.messagesTailDropped] == dropped)
    #expect(queued > 0 || queueBytes == 0)
    #expect((dropped > 0) == (queueBytes != nil))
  }

  @Test(arguments: seeds)
  func `what is lost or damaged on its way occupies the line all the same`(seed: UInt64) throws {
    var links = LinkConditions(delay: .constant(.microseconds(300)))
    links.bandwidth = Bandwidth(bytesPerSecond: 190_000)
    let all = try arrivals(try world(links, seed: seed))
    (links.loss, links.corruption) = (.percent(20), .percent(20))
    let some = try arrivals(try world(links, seed: seed))
    #expect(all.count == 1_000)
    #expect((500..<800).contains(some.count), "seed \(seed)")
    for (number, arrival) in some { #expect(arrival == all[number], "seed \(seed)") }
  }

  @Test func `bandwidth, order and damage belong to one direction`() throws {
    var slow = Self.jittery
    (slow.order, slow.corruption) = (.fifo, .one)
    slow.bandwidth = Bandwidth(bytesPerSecond: 1_000)
    let slowed = try World(.chatter, nodes: 3, beats: 20) {
      $0.linkExceptions = [LinkException(from: [NodeID(0)], to: [NodeID(1)], conditions: slow)]
    }.finished()
    let plain = try World(.chatter, nodes: 3, beats: 20).finished()
    #expect(try slowed.numbers(from: 0, to: 1).isEmpty)
    for recipient in 0..<3 {
      let heard = try plain.probe(recipient).heard.filter {
        recipient != 1 || $0.sender != NodeID(0)
      }
      #expect(try slowed.probe(recipient).heard == heard)
    }
  }

  @Test(arguments: [1, 10, 50, 100] as [UInt64])
  func `messages are damaged as often as the link says, and a checksum loses them`(
    percent: UInt64
  ) throws {
    var links = LinkConditions(delay: .constant(.microseconds(300)))
    links.corruption = .percent(percent)
    var damaged = 0
    for seed in Self.seeds {
      let world = try world(links, seed: seed)
      damaged += world.evidence[.messagesCorrupted]
      #expect(world.evidence[.messagesAltered] == 0)
      let intact = try world.numbers(from: 0, to: 1)
      #expect(intact.count == 1_000 - world.evidence[.messagesCorrupted], "seed \(seed)")
      #expect(intact.allSatisfy { $0 < 1_000 }, "seed \(seed)")
    }
    guard percent < 100 else { return #expect(damaged == 10_000) }
    let off = deviations(successes: damaged, of: 10_000, probability: Double(percent) / 100)
    #expect(abs(off) < toleratedDeviations, "seeds 0 to 9: \(damaged) of 10000")
  }

  @Test(arguments: seeds)
  func `a trusting link delivers the same messages altered`(seed: UInt64) throws {
    var links = LinkConditions(delay: .constant(.microseconds(300)))
    links.corruption = .percent(10)
    let intact = Set(try world(links, seed: seed).numbers(from: 0, to: 1))
    links.isTrusting = true
    let world = try world(links, seed: seed)
    let heard = try world.numbers(from: 0, to: 1)
    let expected = (UInt64(0)..<1_000).map { intact.contains($0) ? $0 : $0 + 1 << 20 }
    #expect(heard == expected, "seed \(seed)")
    #expect(world.evidence[.messagesAltered] == 1_000 - intact.count)
    #expect(world.evidence[.messagesCorrupted] == 0)
  }

  @Test func `the heal ends the damage, but not order and bandwidth`() throws {
    var links = LinkConditions(delay: .constant(.microseconds(300)))
    (links.corruption, links.order) = (.one, .fifo)
    links.bandwidth = Bandwidth(bytesPerSecond: 100_000)
    let world = try World(
      .talk, links: links, chaos: .milliseconds(10), quiet: .seconds(1), beats: 300
    ).finished()
    let late = try world.probe(1).heard.filter { $0.number >= 10 }
    #expect(late.count == 290)
    let gaps = zip(late, late.dropFirst()).map { $1.at.nanoseconds - $0.at.nanoseconds }
    for (gap, message) in zip(gaps, late.dropFirst()) {
      #expect(gap == Int64(message.number % 3 + 1) * 1_000_000)
    }
  }
}

import Determinism
import ProtocolKit
import Simulation
import Testing

/// Clogged links hold what would arrive, lose nothing and keep its order.
///
/// Message number k leaves at k + 1 ms and arrives 300 µs later, unless a test says otherwise.
struct ClogTests {
  private func world(
    _ faults: [FaultPlan.Entry], seed: UInt64 = 1,
    links: LinkConditions = LinkConditions(delay: .constant(.microseconds(300)))
  ) throws -> World {
    try World(.chatter, nodes: 3, seed: seed, faults: faults, links: links, beats: 30).finished()
  }

  /// When each message from one node arrived at another, in microseconds and in order of arrival.
  private func arrivals(_ world: World, _ from: Int, _ to: Int) throws -> [[Int64]] {
    try world.probe(to).heard.filter { $0.sender == NodeID(from) }
      .map { [Int64($0.number), $0.at.nanoseconds / 1_000] }
  }

  /// Every message after its delay, but those that would arrive in a clog at its end.
  private func expected(
    clogged: Range<Int64> = 0..<0, delay: Int64 = 300
  ) -> [[Int64]] {
    (Int64(0)..<30).map { number in
      let arrival = (number + 1) * 1_000 + delay
      return [number, clogged.contains(arrival) ? clogged.upperBound : arrival]
    }
  }

  @Test func `a one-way clog holds one direction until it ends`() throws {
    let clog = Fault.clog([0], from: [1], isOneWay: true)
    let world = try world([.init(clog, from: 9_500, to: 15_500)])
    #expect(try arrivals(world, 0, 1) == expected(clogged: 9_500..<15_500))
    #expect(try arrivals(world, 1, 0) == expected())
    #expect(try arrivals(world, 0, 2) == expected())
    #expect(world.evidence[.messagesClogged] == 6)
    #expect(world.evidence[.linksClogged] == 1)
    #expect(world.evidence[.messagesCut] == 0)
  }

  @Test func `a clog holds what is in flight, and spares what would arrive after it`() throws {
    let links = LinkConditions(delay: .constant(.microseconds(4_200)))
    let clog = Fault.clog([0], from: [1, 2])
    let world = try world([.init(clog, from: 9_500, to: 15_500)], links: links)
    for other in [1, 2] {
      #expect(try arrivals(world, 0, other) == expected(clogged: 9_500..<15_500, delay: 4_200))
      #expect(try arrivals(world, other, 0) == expected(clogged: 9_500..<15_500, delay: 4_200))
    }
    #expect(try arrivals(world, 1, 2) == expected(delay: 4_200))
    #expect(world.evidence[.messagesClogged] == 24)
  }

  @Test func `overlapping clogs hold until the last one ends`() throws {
    let clog = Fault.clog([0], from: [1])
    let world = try world([
      .init(clog, from: 4_500, to: 12_500), .init(clog, from: 8_500, to: 20_500),
    ])
    #expect(try arrivals(world, 0, 1) == expected(clogged: 4_500..<20_500))
  }

  @Test(arguments: UInt64(0)..<20)
  func `what was held arrives in the order in which it would have arrived`(seed: UInt64) throws {
    let links = LinkConditions(
      delay: .uniform(shortest: .microseconds(100), longest: .milliseconds(9)),
      duplication: .percent(20))
    let clog = FaultPlan.Entry(.clog([0, 1], from: [2]), from: 5_000, to: 25_000)
    let (free, held) = (
      try world([], seed: seed, links: links),
      try world([clog], seed: seed, links: links)
    )
    for (from, to) in [(0, 2), (2, 0), (1, 2), (2, 1), (0, 1)] {
      #expect(
        try held.numbers(from: from, to: to) == free.numbers(from: from, to: to), "seed \(seed)")
    }
    #expect(held.evidence[.messagesClogged] > 50, "seed \(seed)")
  }

  @Test func `a cut loses what would arrive in it, and what a clog lets go of into it`() throws {
    let clog = FaultPlan.Entry(
      .clog([0], from: [1], isOneWay: true), from: 4_500, to: 12_500)
    func lost(cutFrom begin: Int64, to end: Int64) throws -> [UInt64] {
      let cut = FaultPlan.Entry(.cut(.oneWay, [0], from: [1]), from: begin, to: end)
      let heard = try world([clog, cut]).numbers(from: 0, to: 1)
      return (UInt64(0)..<30).filter { !heard.contains($0) }
    }
    #expect(try lost(cutFrom: 6_500, to: 8_500) == [6, 7])
    #expect(try lost(cutFrom: 12_400, to: 14_500) == [4, 5, 6, 7, 8, 9, 10, 11, 12, 13])
  }

  @Test func `the heal lets go of everything`() throws {
    let clog = FaultPlan.Entry(.clog([0], from: [1]), from: 4_500, to: 60_000_000)
    let world = try World(
      .chatter, faults: [clog], chaos: .milliseconds(20), quiet: .milliseconds(20), beats: 30
    ).finished()
    #expect(try arrivals(world, 0, 1) == expected(clogged: 4_500..<20_000))
  }

  @Test func `a snapshot of a clogged world goes on like the original`() throws {
    let clog = FaultPlan.Entry(.clog([0], from: [1]), from: 4_500, to: 15_500)
    var world = World(.chatter, faults: [clog], beats: 30)
    while world.now < .start + .milliseconds(10), try world.step() {}
    let copy = try world.finished()
    try world.run()
    #expect(world.digest == copy.digest)
  }
}

import Determinism
import ProtocolKit
import Simulation
import Testing

/// Partitions have exactly the geometry and the times of their shape.
struct CutShapeTests {
  private static let seeds = UInt64(0)..<40
  private static let domains = [[0, 1], [2, 3], [4]].map { $0.map { NodeID($0) } }

  /// Which directions between five nodes lose message 12, sent while the fault lasts; every other
  /// message must arrive.
  private func cutDirections(_ fault: Fault, leaders: [Int] = []) throws -> Set<[Int]> {
    let world = try World(
      .chatter, nodes: 5, faults: [.init(fault, from: 9_500, to: 15_500)], beats: 30,
      leaders: leaders
    ).finished()
    var cut: Set<[Int]> = []
    for sender in 0..<5 {
      for recipient in 0..<5 where recipient != sender {
        let numbers = try world.numbers(from: sender, to: recipient)
        if !numbers.contains(12) { cut.insert([sender, recipient]) }
        let around = (UInt64(0)..<30).filter { !(9...14).contains($0) }
        #expect(numbers.filter { !(9...14).contains($0) } == around)
      }
    }
    return cut
  }

  private func bothWays(_ group: [Int], _ others: [Int]) -> Set<[Int]> {
    Set(group.flatMap { member in others.flatMap { [[member, $0], [$0, member]] } })
  }

  private func plan(
    _ shape: CutFault.Shape, seed: UInt64, servers: Int = 5, clients: Int = 3
  ) -> [FaultPlan.Entry] {
    let rhythm = FaultProfile.Rhythm(
      every: .milliseconds(300), shortest: .milliseconds(40), longest: .milliseconds(40))
    var profile = FaultProfile([.init(.cut, with: ["shapes": .names([shape.rawValue])])], rhythm)
    profile.domains = Self.domains
    let cluster = ClusterShape(serverCount: servers, clientCount: clients)
    return profile.plan(for: cluster, within: .seconds(2), Randomness(seed: seed)).entries
  }

  private func cuts(_ shape: CutFault.Shape, seed: UInt64, servers: Int = 5) -> [CutFault] {
    plan(shape, seed: seed, servers: servers).compactMap { $0.fault.as(CutFault.self) }
  }

  @Test func `a bridge joins two groups that do not hear each other`() throws {
    #expect(
      try cutDirections(.cut(.bridge, [0, 1], from: [3, 4])) == bothWays([0, 1], [3, 4]))
  }

  @Test func `on a ring each hears its two neighbours and nobody else`() throws {
    let circle = [0, 2, 4, 1, 3]
    var expected: Set<[Int]> = []
    for place in 0..<5 {
      for steps in [2, 3] { expected.insert([circle[place], circle[(place + steps) % 5]]) }
    }
    #expect(try cutDirections(.cut(.ring, circle, from: [])) == expected)
  }

  @Test func `a fault that looks for the leader isolates it and nobody else`() throws {
    let fault = Fault.cut(.isolateLeader, [1], from: [0, 2, 3, 4])
    #expect(try cutDirections(fault, leaders: [3]) == bothWays([3], [0, 1, 2, 4]))
    #expect(try cutDirections(fault, leaders: [1]) == bothWays([1], [0, 2, 3, 4]))
    #expect(
      try cutDirections(fault, leaders: [0, 2]) == bothWays([2], [0, 1, 3, 4]), "the last of two")
    #expect(
      try cutDirections(fault) == bothWays([1], [0, 2, 3, 4]), "nobody leads: the drawn one")
    let among = Fault.cut(
      CutFault(
        shape: .isolateLeader, group: [NodeID(0), NodeID(2)],
        others: [NodeID(1), NodeID(3), NodeID(4)], leaderAmong: [NodeID(2), NodeID(3)]))
    #expect(
      try cutDirections(among, leaders: [3, 4]) == bothWays([0, 3], [1, 2, 4]),
      "only some are looked at; whoever stands beside the drawn one stays there")
  }

  @Test(arguments: seeds)
  func `drawn bridges leave out one server, and rings no one`(seed: UInt64) {
    for cut in cuts(.bridge, seed: seed) {
      let servers = (cut.group + cut.others).filter { $0.denseIndex < 5 }
      #expect(Set(servers).count == 4 && servers.count == 4, "seed \(seed)")
      #expect(cut.group.contains { $0.denseIndex < 5 }, "seed \(seed)")
      #expect(cut.others.contains { $0.denseIndex < 5 }, "seed \(seed)")
      #expect(Set(cut.group).isDisjoint(with: cut.others), "seed \(seed)")
    }
    for cut in cuts(.ring, seed: seed) {
      #expect(cut.group.sorted() == (0..<5).map { NodeID($0) }, "seed \(seed)")
      #expect(cut.others.isEmpty, "seed \(seed)")
    }
  }

  @Test(arguments: seeds)
  func `a drawn zone is one domain with the clients of no domain`(seed: UInt64) {
    for cut in cuts(.zone, seed: seed) {
      #expect(Self.domains.contains(cut.group.filter { $0.denseIndex < 5 }), "seed \(seed)")
      #expect((cut.group + cut.others).sorted() == (0..<8).map { NodeID($0) }, "seed \(seed)")
    }
  }

  @Test(arguments: CutFault.Shape.allCases)
  func `a shape is drawn only where there are enough servers for it`(shape: CutFault.Shape) {
    for servers in 1...5 {
      let count = Self.seeds.reduce(0) { $0 + cuts(shape, seed: $1, servers: servers).count }
      #expect((count > 0) == (servers >= shape.leastServers), "\(servers) servers")
    }
  }

  @Test func `flapping links are cut in the first half of every period`() throws {
    let entries = CutFault.flapping(
      group: [NodeID(0)], others: [NodeID(1)], period: .milliseconds(4),
      from: .start + .microseconds(2_500), lasting: .milliseconds(15))
    let world = try World(.chatter, faults: entries, beats: 30).finished()
    // Sent at 3 and 4 ms, 7 and 8 ms, 11 and 12 ms, 15 and 16 ms; the fault ends at 17.5 ms.
    let lost: [UInt64] = [2, 3, 6, 7, 10, 11, 14, 15]
    let heard = (UInt64(0)..<30).filter { !lost.contains($0) }
    #expect(try world.numbers(from: 0, to: 1) == heard)
    #expect(try world.numbers(from: 1, to: 0) == heard)
    let last = try #require(
      CutFault.flapping(
        group: [NodeID(0)], others: [NodeID(1)], period: .milliseconds(4), from: .start,
        lasting: .milliseconds(13)
      ).last)
    #expect(last.begins == .start + .milliseconds(12) && last.lasts == .milliseconds(1))
  }

  /// The plan of a single fault of forty milliseconds; nil if the seed draws none or several.
  private func single(_ shape: CutFault.Shape, seed: UInt64) -> [FaultPlan.Entry]? {
    let span = Nanoseconds.milliseconds(40)
    let rhythm = FaultProfile.Rhythm(every: .seconds(9), shortest: span, longest: span)
    let profile = FaultProfile([.init(.cut, with: ["shapes": .names([shape.rawValue])])], rhythm)
    let cluster = ClusterShape(serverCount: 5, clientCount: 2)
    let entries = profile.plan(for: cluster, within: .seconds(9), Randomness(seed: seed)).entries
    guard let first = entries.first else { return nil }
    return entries.allSatisfy { $0.begins - first.begins < span } ? entries : nil
  }

  @Test func `drawn flapping comes and goes two to ten times`() {
    var counts: Set<Int> = []
    for seed in Self.seeds {
      guard let flaps = single(.flapping, seed: seed) else { continue }
      counts.insert(flaps.count)
      for (flap, next) in zip(flaps, flaps.dropFirst()) {
        let period = next.begins - flap.begins
        #expect(period == flaps[1].begins - flaps[0].begins, "seed \(seed)")
        #expect(flap.lasts == period / 2 && flap.fault == next.fault, "seed \(seed)")
      }
    }
    #expect(counts.count > 2 && counts.allSatisfy((2...11).contains))
  }

  @Test func `a swizzle isolates one by one and heals in another order`() {
    var sizes: Set<Int> = []
    for seed in Self.seeds {
      guard let entries = single(.swizzle, seed: seed) else { continue }
      let ends = entries.map { $0.begins + $0.lasts }
      #expect(zip(entries, entries.dropFirst()).allSatisfy { $0.begins < $1.begins })
      #expect(ends != ends.sorted(), "seed \(seed): healed in the order of the cuts")
      #expect(entries.allSatisfy { entry in ends.allSatisfy { entry.begins <= $0 } })
      let victims = entries.compactMap { entry -> NodeID? in
        guard let cut = entry.fault.as(CutFault.self), cut.group.count == 1, cut.others.count == 6
        else {
          return nil
        }
        return cut.group.first
      }
      #expect(Set(victims).count == entries.count, "seed \(seed)")
      sizes.insert(entries.count)
    }
    #expect(sizes == [2, 3, 4, 5])
  }

  @Test(arguments: 0...5)
  func `a whole domain goes down at once, or nobody if that is too many`(most: Int) {
    let rhythm = FaultProfile.Rhythm(
      every: .milliseconds(20), shortest: .milliseconds(1), longest: .milliseconds(15))
    for seed in Self.seeds {
      var profile = FaultProfile()
      profile.domains = Self.domains
      profile.maxDown = .atMost(most)
      profile.entries = [FaultKind.crash, .powerLoss].map {
        FaultProfile.Entry(
          parameters: FaultParameters($0, with: ["scope": .text("domain")]), rhythm: rhythm,
          victims: (0..<5).map { NodeID($0) })
      }
      let cluster = ClusterShape(serverCount: 5, clientCount: 0)
      let entries = profile.plan(for: cluster, within: .seconds(1), Randomness(seed: seed)).entries
      #expect(entries.isEmpty == (most == 0), "seed \(seed)")
      for entry in entries {
        let together = entries.filter {
          $0.begins <= entry.begins && entry.begins <= $0.begins + $0.lasts
        }.compactMap(\.fault.victims.first)
        #expect(Set(together).count <= most, "seed \(seed)")
        let alike = entries.filter {
          $0.begins == entry.begins && $0.lasts == entry.lasts && $0.fault.kind == entry.fault.kind
        }.compactMap(\.fault.victims.first)
        #expect(Self.domains.contains(alike), "seed \(seed)")
      }
    }
  }
}

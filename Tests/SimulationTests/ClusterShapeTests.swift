import Determinism
import ProtocolKit
import Testing

@testable import Simulation

/// Who is in a cluster, and what stands for whom.
@Suite struct ClusterShapeTests {
  private let shape = ClusterShape([
    ("coordinator", [1]), ("participant", [3, 2]), ("observer", [0]), ("client", [2]),
  ])

  private func nodes(_ name: String) -> [Int]? { shape.nodes(named: name)?.map(\.denseIndex) }

  @Test func `nodes are numbered in the order of roles and groups`() {
    #expect(nodes("coordinator") == [0])
    #expect(nodes("participant") == [1, 2, 3, 4, 5])
    #expect(nodes("participant/1") == [1, 2, 3])
    #expect(nodes("participant/2") == [4, 5])
    #expect(nodes("client") == [6, 7])
    #expect(nodes("all") == Array(0..<8))
    #expect(nodes("n8") == [7])
    #expect(shape.nodeCount == 8)
    #expect(
      "\(shape)" == "coordinator n1, participant n2 to n6, client n7 to n8")
  }

  @Test(arguments: ["observer", "coordinator/1", "participant/3", "n9", "server", ""])
  func `a name that nobody has stands for nobody`(name: String) {
    #expect(nodes(name) == nil)
    #expect(!shape.names.contains(name))
  }

  @Test func `all but clients are servers, each group for itself`() {
    #expect(shape.servers.map(\.denseIndex) == Array(0..<6))
    #expect(shape.groups.map(\.count) == [1, 3, 2])
  }

  @Test func `a minority of each group may be down, and not of all servers together`() {
    let exceeds = { (down: [Int]) in shape.exceeds(.minority, down.map { NodeID($0) }) }
    #expect(!exceeds([]))
    #expect(!exceeds([2]))
    #expect(!exceeds([2, 6, 7]))
    #expect(exceeds([0]))
    #expect(exceeds([1, 2]))
    #expect(exceeds([4]))
  }

  @Test func `a number counts for each group by itself`() {
    let exceeds = { (down: [Int]) in shape.exceeds(.atMost(1), down.map { NodeID($0) }) }
    #expect(!exceeds([0, 1, 4]))
    #expect(!exceeds([1, 1]))
    #expect(exceeds([0, 4, 5]))
  }

  @Test(arguments: UInt64(0)..<20)
  func `partitions among one role put everyone else on either side`(seed: UInt64) {
    let rhythm = FaultProfile.Rhythm(
      every: .milliseconds(50), shortest: .milliseconds(10), longest: .milliseconds(20))
    let among = (1...3).map { NodeID($0) }
    let profile = FaultProfile(
      [.init(.cut, with: ["shapes": .names(["isolate"]), "among": .nodes(among)])], rhythm)
    let plan = profile.plan(for: shape, within: .seconds(2), Randomness(seed: seed))
    #expect(!plan.entries.isEmpty)
    for cut in plan.entries.compactMap({ $0.fault.as(CutFault.self) }) {
      #expect(cut.group.count(where: among.contains) == 1, "seed \(seed)")
      #expect(
        (cut.group + cut.others).sorted() == (0..<8).map { NodeID($0) }, "seed \(seed)")
    }
  }

  @Test(arguments: UInt64(0)..<20)
  func `each group loses its own minority at the same time as the others`(seed: UInt64) {
    let rhythm = FaultProfile.Rhythm(
      every: .milliseconds(5), shortest: .milliseconds(10), longest: .milliseconds(20))
    var profile = FaultProfile([.init(.crash)], rhythm, victims: Array(0..<6))
    profile.maxDown = .minority
    let entries = profile.plan(for: shape, within: .seconds(2), Randomness(seed: seed)).entries
    let hit = Set(entries.flatMap(\.fault.victims).map(\.denseIndex))
    #expect(hit == [1, 2, 3], "seed \(seed)")
    for entry in entries {
      let down = entries.filter {
        $0.begins <= entry.begins && entry.begins <= $0.begins + $0.lasts
      }
      #expect(Set(down.flatMap(\.fault.victims)).count <= 1, "seed \(seed)")
    }
  }
}

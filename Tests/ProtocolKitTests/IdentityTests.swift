import Determinism
import ProtocolKit
import TestKit
import Testing

struct NodeSetTests {
  @Test(arguments: UInt64(0)..<20)
  func `a node set is a set of the first 64 nodes`(seed: UInt64) {
    var dice = Dice(seed: seed)
    var nodes = NodeSet()
    var plain: Set<Int> = []
    for _ in 0..<dice.below(80) {
      let node = dice.below(64)
      nodes.insert(NodeID(node))
      plain.insert(node)
    }
    #expect(nodes.count == plain.count, "seed \(seed)")
    #expect((0..<64).allSatisfy { nodes.contains(NodeID($0)) == plain.contains($0) }, "\(seed)")
  }

  @Test func `a set of one holds the one`() {
    #expect(NodeSet(NodeID(63)).contains(NodeID(63)))
    #expect(NodeSet(NodeID(63)).count == 1)
    #expect(NodeSet().count == 0)
  }

  @Test func `a node beyond the last place is refused, not forgotten`() async {
    #expect(!NodeSet(NodeID(0)).contains(NodeID(64)))
    await #expect(processExitsWith: .failure) {
      var nodes = NodeSet()
      nodes.insert(NodeID(64))
    }
    await #expect(processExitsWith: .failure) { _ = NodeSet(NodeID(64)) }
  }
}

struct IdentityTests {
  @Test func `nodes are counted from one by people and from zero by arrays`() {
    #expect(NodeID(0).description == "n1")
    #expect(NodeID(2).denseIndex == 2)
    #expect(NodeID(denseIndex: 2) == NodeID(2))
    #expect(NodeID(1) < NodeID(2))
  }

  @Test func `local times move by spans and differ by spans`() {
    let time = LocalTime(nanoseconds: -5)
    #expect(time + Nanoseconds(7) == LocalTime(nanoseconds: 2))
    #expect(time - LocalTime(nanoseconds: 1) == Nanoseconds(-6))
    #expect(time < LocalTime(nanoseconds: 0))
  }

  @Test func `the journal starts before its first record`() {
    #expect(JournalPosition.start < JournalPosition(1))
    #expect(Recovery.firstStart.records.isEmpty)
    #expect(Recovery.firstStart.incarnation == 0)
  }
}

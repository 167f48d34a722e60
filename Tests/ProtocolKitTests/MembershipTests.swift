import ProtocolKit
import Testing

/// Who takes part in a group, and what is known about each.
@Suite struct MembershipTests {
  private let group = Membership([7, 2, 4].map { NodeID($0) })

  @Test func `members keep their order`() {
    #expect(group.others(than: NodeID(2)) == [NodeID(7), NodeID(4)])
    #expect(group.wrapping(4) == NodeID(2))
  }

  @Test(arguments: [(1, 1), (2, 2), (3, 2), (4, 3), (5, 3), (6, 4)])
  func `a majority is more than half`(count: Int, majority: Int) {
    #expect(Membership.first(count).majority == majority)
  }

  @Test func `each member has a value of its own`() {
    var map = MemberMap(repeating: 0, of: group)
    map[NodeID(7)] = 1
    map[NodeID(4)] += 3
    #expect(group.nodes.map { map[$0] } == [1, 0, 3])
    #expect(map[NodeID(2)] == 0)
  }

  @Test func `a group without members, or with one twice, is refused`() async {
    await #expect(processExitsWith: .failure) { _ = Membership([]) }
    await #expect(processExitsWith: .failure) { _ = Membership([NodeID(1), NodeID(1)]) }
  }
}

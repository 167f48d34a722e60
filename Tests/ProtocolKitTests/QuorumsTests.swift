import ProtocolKit
import Testing

/// Quorums against their definition, by trying every pair of sets.
@Suite struct QuorumsTests {
  private func sets(of members: Membership) -> [[NodeID]] {
    (0..<(1 << members.count)).map { bits in
      members.nodes.enumerated().filter { bits >> $0.offset & 1 == 1 }.map(\.element)
    }
  }

  private func nodeSet(_ nodes: [NodeID]) -> NodeSet {
    nodes.reduce(into: NodeSet()) { $0.insert($1) }
  }

  @Test(arguments: 1...6)
  func `what decides and what learns always share a member, and no smaller sets would do`(
    count: Int
  ) {
    let members = Membership((0..<count).map { NodeID($0 * 2) })
    for deciding in 1...count {
      let quorums = Quorums(of: members, deciding: deciding)
      let all = sets(of: members)
      let decide = all.filter { quorums.decide(nodeSet($0)) }
      let learn = all.filter { quorums.learn(nodeSet($0)) }
      #expect(!decide.isEmpty && !learn.isEmpty)
      for one in decide {
        #expect(learn.allSatisfy { !Set($0).isDisjoint(with: one) }, "\(deciding) of \(count)")
      }
      let tooFew = all.filter { $0.count == quorums.learning - 1 }
      #expect(
        tooFew.allSatisfy { few in decide.contains { Set(few).isDisjoint(with: $0) } },
        "\(deciding) of \(count)")
    }
  }

  @Test func `a majority is the same for both where the number is odd`() {
    let odd = Quorums.majority(of: .first(5))
    #expect(odd.deciding == 3 && odd.learning == 3)
    let even = Quorums.majority(of: .first(4))
    #expect(even.deciding == 3 && even.learning == 2)
  }

  @Test(arguments: [([9, 7, 5], 7), ([5, 5, 9], 5), ([1, 2, 3], 2)])
  func `what a quorum has reached is what enough have reached`(values: [Int], reached: Int) {
    var values = ContiguousArray(values)
    #expect(Quorums.majority(of: .first(3)).reached(&values) == reached)
    var all = values
    #expect(Quorums(of: .first(3), deciding: 3).reached(&all) == values.min())
  }
}

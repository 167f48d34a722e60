import ProtocolKit
import Testing

/// Quorums against their definition, by trying every pair of sets.
@Suite struct QuorumsTests {
  private func sets(of members: Membership) -> [[NodeID]] {
    (0..<(1 << members.count)).map { bits in
      members.nodes.enumerated().filter { bits >> $0.offset & 1 == 1 }.map(\.element)
    }
  }

  @Test(arguments: 1...6)
  func `what decides and what learns always share a member, and no smaller sets would do`(
    count: Int
  ) {
    let members = Membership((0..<count).map { NodeID($0 * 2) })
    for deciding in 1...count {
      let quorums = Quorums(of: members, deciding: deciding)
      let all = sets(of: members)
      let decide = all.filter { $0.count >= quorums.deciding }
      let learn = all.filter { $0.count >= quorums.learning }
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

  @Test func `a majority learns what a majority decided, and of an even number half is enough`() {
    #expect(Quorums(of: .first(5), deciding: 3).learning == 3)
    #expect(Quorums(of: .first(4), deciding: 3).learning == 2)
    #expect(Quorums(of: .first(4), deciding: 2).learning == 3)
  }

  @Test(arguments: [([9, 7, 5], 7), ([5, 5, 9], 5), ([1, 2, 3], 2)])
  func `what a quorum has reached is what enough have reached`(values: [Int], reached: Int) {
    var values = ContiguousArray(values)
    #expect(Quorums(of: .first(3), deciding: 2).reached(&values) == reached)
    var all = values
    #expect(Quorums(of: .first(3), deciding: 3).reached(&all) == values.min())
  }
}

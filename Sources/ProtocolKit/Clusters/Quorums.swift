/// How many members of a group must agree, so that decisions cannot contradict each other.
///
/// There are two kinds: what *learns* (an election, a read of what may have been decided) and what
/// *decides* (replication of an entry). Every quorum of one kind must share a member with every quorum
/// of the other; two of the same kind need not. Howard, Malkhi and Spiegelman, *Flexible Paxos* (2016).
public struct Quorums: Hashable, Sendable {
  /// The members.
  public let members: Membership
  /// How many it takes to decide.
  public let deciding: Int

  /// Creates quorums of which one that decides has so many members, from one up to all; others trap.
  public init(of members: Membership, deciding: Int) {
    precondition((1...members.count).contains(deciding), "a quorum has one member up to all")
    self.members = members
    self.deciding = deciding
  }

  /// A majority for both kinds.
  public static func majority(of members: Membership) -> Quorums {
    Quorums(of: members, deciding: members.majority)
  }

  /// How many it takes to learn what was decided: as few as meet every quorum that decides.
  ///
  /// Of an even number, half may decide if one more than half learn.
  public var learning: Int { members.count - deciding + 1 }

  /// Whether those are enough to decide.
  public func decide(_ nodes: NodeSet) -> Bool { nodes.count >= deciding }

  /// Whether those are enough to learn.
  public func learn(_ nodes: NodeSet) -> Bool { nodes.count >= learning }

  /// The highest value that enough to decide have reached, given that of every member; sorts them.
  public func reached<Value: Comparable>(_ values: inout ContiguousArray<Value>) -> Value {
    values.sort(by: >)
    return values[deciding - 1]
  }
}

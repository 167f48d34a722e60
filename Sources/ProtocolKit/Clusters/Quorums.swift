/// How many members of a group must agree, so that decisions cannot contradict each other.
///
/// There are two kinds: what *learns* (an election, a read of what may have been decided) and what
/// *decides* (replication of an entry). Every quorum of one kind must share a member with every quorum
/// of the other; two of the same kind need not. Howard, Malkhi and Spiegelman, *Flexible Paxos* (2016).
public struct Quorums: Hashable, Sendable {
  /// The number of members.
  public let count: Int
  /// How many it takes to decide.
  public let deciding: Int

  /// Creates quorums of which one that decides has so many members, from one up to all; others trap.
  public init(of members: Membership, deciding: Int) {
    precondition((1...members.count).contains(deciding), "a quorum has one member up to all")
    count = members.count
    self.deciding = deciding
  }

  /// How many it takes to learn what was decided: as few as meet every quorum that decides.
  ///
  /// Of an even number, half may decide if one more than half learn.
  public var learning: Int { count - deciding + 1 }

  /// The highest value that enough to decide have reached, given that of every member; sorts them.
  public func reached<Value: Comparable>(_ values: inout ContiguousArray<Value>) -> Value {
    values.sort(by: >)
    return values[deciding - 1]
  }
}

public import Determinism

/// The nodes that run one protocol together, in a fixed order: one group of perhaps many in a cluster.
///
/// Nothing is assumed about their numbers: groups of the same protocol can stand side by side.
public struct Membership: Hashable, Sendable {
  /// The members in their order.
  public let nodes: [NodeID]

  /// Creates the group of some nodes, at least one and each but once.
  public init(_ nodes: [NodeID]) {
    precondition(!nodes.isEmpty, "a group has at least one member")
    let sorted = nodes.sorted()
    precondition(
      zip(sorted, sorted.dropFirst()).allSatisfy { $0 != $1 }, "a node is a member but once")
    self.nodes = nodes
  }

  /// The group of the first nodes of a cluster.
  public static func first(_ count: Int) -> Membership {
    Membership((0..<count).map { NodeID($0) })
  }

  /// How many members there are.
  public var count: Int { nodes.count }

  /// How many members are more than half of them.
  public var majority: Int { nodes.count / 2 + 1 }

  /// The number behind that of the last member in the order of the cluster.
  var bound: Int { (nodes.map(\.denseIndex).max() ?? 0) + 1 }

  /// The place of a member in their order, from zero; a node that is none traps.
  public func place(of node: NodeID) -> Int {
    guard let place = nodes.firstIndex(of: node) else {
      preconditionFailure("\(node) is no member")
    }
    return place
  }

  /// All members but one.
  public func others(than node: NodeID) -> [NodeID] { nodes.filter { $0 != node } }

  /// The member at a place; places beyond the last begin again at the first.
  public func wrapping(_ place: Int) -> NodeID { nodes[place % nodes.count] }

  /// A member by chance.
  public func choose(_ draw: Draw) -> NodeID { nodes[Int(draw.below(UInt64(nodes.count)))] }
}

/// A map from every member of a group to a value; access is O(1).
///
/// It is an array by node number: reading costs no look-up of a place, and copying one reference.
/// Nodes between members have values too, which nobody should ask for.
public struct MemberMap<Value: Sendable>: Sendable {
  private var values: DenseMap<NodeID, Value>

  /// Creates a map in which each member has the same value.
  public init(repeating value: Value, of members: Membership) {
    values = DenseMap(repeating: value, count: members.bound)
  }

  /// The value of a member.
  @inline(__always)
  public subscript(node: NodeID) -> Value {
    _read { yield values[node] }
    _modify { yield &values[node] }
  }
}

extension MemberMap: Equatable where Value: Equatable {}

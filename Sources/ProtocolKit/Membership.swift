public import Determinism

/// The nodes that run one protocol together, in a fixed order: one group of perhaps many in a cluster.
///
/// Nothing is assumed about their numbers: groups of the same protocol can stand side by side.
public struct Membership: Hashable, Sendable {
  /// The members in their order.
  public let nodes: [NodeID]
  /// The place among the members of every node up to the last member, or -1.
  private let places: [Int32]

  /// Creates the group of some nodes, at least one and each but once.
  public init(_ nodes: [NodeID]) {
    precondition(!nodes.isEmpty, "a group has at least one member")
    var places = [Int32](repeating: -1, count: (nodes.map(\.denseIndex).max() ?? 0) + 1)
    for (place, node) in nodes.enumerated() {
      precondition(places[node.denseIndex] < 0, "\(node) is a member twice")
      places[node.denseIndex] = Int32(place)
    }
    self.nodes = nodes
    self.places = places
  }

  /// The group of the first nodes of a cluster.
  public static func first(_ count: Int) -> Membership {
    Membership((0..<count).map { NodeID($0) })
  }

  /// How many members there are.
  public var count: Int { nodes.count }

  /// How many members are more than half of them.
  public var majority: Int { nodes.count / 2 + 1 }

  /// Whether a node is a member.
  public func contains(_ node: NodeID) -> Bool {
    node.denseIndex < places.count && places[node.denseIndex] >= 0
  }

  /// A member's place in the order, counted from zero; other nodes trap.
  @inline(__always)
  public func place(of node: NodeID) -> Int {
    let place = Int(places[node.denseIndex])
    precondition(place >= 0, "a node that is no member has no place")
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
public struct MemberMap<Value: Sendable>: Sendable {
  /// The members that have values.
  public let members: Membership
  /// The values in the order of the members.
  public private(set) var values: ContiguousArray<Value>

  /// Creates a map in which each member has the same value.
  public init(repeating value: Value, of members: Membership) {
    self.members = members
    values = ContiguousArray(repeating: value, count: members.count)
  }

  /// The value of a member; other nodes trap.
  @inline(__always)
  public subscript(node: NodeID) -> Value {
    // Reading one field of a large value must not copy the value.
    _read { yield values.span[members.place(of: node)] }
    _modify { yield &values[members.place(of: node)] }
  }
}

extension MemberMap: Equatable where Value: Equatable {}
extension MemberMap: Hashable where Value: Hashable {}

/// A set of nodes, at most 64, as one machine word.
public struct NodeSet: Hashable, Sendable {
  private var bits: UInt64

  /// Creates the set of nobody.
  public init() {
    bits = 0
  }

  /// Creates the set of one node.
  public init(_ node: NodeID) {
    bits = 1 << UInt64(node.index)
  }

  /// The number of nodes in the set.
  public var count: Int { bits.nonzeroBitCount }

  /// Whether a node is in the set.
  public func contains(_ node: NodeID) -> Bool { bits >> UInt64(node.index) & 1 == 1 }

  /// Adds a node.
  public mutating func insert(_ node: NodeID) {
    bits |= 1 << UInt64(node.index)
  }
}

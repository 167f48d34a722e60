import Determinism

/// A set of nodes, at most 64, as one machine word.
public struct NodeSet: Hashable, Sendable {
  private var bits: UInt64

  /// Creates the set of nobody.
  public init() {
    bits = 0
  }

  /// Creates the set of one node; a node beyond the first 64 traps.
  public init(_ node: NodeID) {
    bits = 0
    insert(node)
  }

  /// The number of nodes in the set.
  public var count: Int { bits.nonzeroBitCount }

  /// Whether a node is in the set.
  public func contains(_ node: NodeID) -> Bool { bits >> UInt64(node.index) & 1 == 1 }

  /// Adds a node; one beyond the first 64 traps.
  public mutating func insert(_ node: NodeID) {
    precondition(node.index < UInt64.bitWidth, "a node set holds the first 64 nodes of a cluster")
    bits |= 1 << UInt64(node.index)
  }

  /// The nodes as a sentence lists them.
  public var inWords: String {
    Sentence.list((0..<UInt64.bitWidth).filter { bits >> $0 & 1 == 1 }.map { "\(NodeID($0))" })
  }
}

public import Determinism

/// The identity of a participant, counted from zero in the order of the cluster.
public struct NodeID: Hashable, Comparable, Sendable, DenseKey {
  /// The zero-based place in the cluster.
  public let index: UInt16

  /// Creates the identity of the node at this place.
  @inline(__always)
  public init(_ index: Int) {
    self.index = UInt16(truncatingIfNeeded: index)
  }

  /// Creates the key with this number.
  @inline(__always)
  public init(denseIndex: Int) {
    self.init(denseIndex)
  }

  /// The place as an array index.
  @inline(__always)
  public var denseIndex: Int { Int(index) }

  /// Whether one node comes before another in the cluster.
  public static func < (left: NodeID, right: NodeID) -> Bool { left.index < right.index }
}

extension NodeID: CustomStringConvertible {
  /// The name that people use: `n1` is the first node.
  public var description: String { "n\(index + 1)" }
}

extension NodeID: SentenceSubject {
  /// The node.
  public var subject: Subject { Subject("node", self) }
}

extension NodeID: BinaryCodable, Visitable {
  /// Shows the place.
  @inline(__always)
  public func visitFields(_ visitor: inout some FieldVisitor) { visitor.visit(denseIndex) }

  /// Reads the place.
  public init(from reader: inout ByteReader) throws(DecodingFailure) {
    guard let index = UInt16(exactly: try reader.readNumber()) else {
      throw reader.failure("a node")
    }
    self.init(Int(index))
  }
}

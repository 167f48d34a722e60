public import ProtocolKit

/// The client that asked for an operation, in one of its lives.
public struct Asker: Hashable, Sendable {
  /// The client's node.
  public let node: NodeID
  /// How often the node had started before.
  let life: UInt32
}

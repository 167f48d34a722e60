public import ProtocolKit

/// Cuts a machine's power; when the fault ends, it starts again from what its disk had synced.
///
/// Like a crash, and every journal record behind the last completed sync is lost as well. A synced
/// record is never lost, and none is invented.
public struct PowerLossFault: Hashable, Sendable {
  /// What the fault does, in one sentence.
  public static let summary =
    "A machine loses power and restarts; journal records that were not synced are lost."

  /// The victim.
  public let node: NodeID

  /// Creates the power loss of a node.
  public init(node: NodeID) {
    self.node = node
  }

  func begin(in world: inout some FaultTarget) {
    world.crash(node, losingPower: true)
  }

  func end(in world: inout some FaultTarget) throws(InvariantViolation) {
    try world.restart(node)
  }
}

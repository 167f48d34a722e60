public import ProtocolKit

/// Cuts a machine's power; when the fault ends, it starts again from what its disk had synced.
///
/// Like a crash, and every journal record behind the last completed sync is lost as well. A synced
/// record is never lost, and none is invented.
public struct PowerLossFault: FaultBehaviour, Hashable {
  static let guide = FaultGuide(
    summary:
      "A machine loses power and restarts; journal records that were not synced are lost.",
    semantics:
      "Like a crash, and every journal record behind the last completed sync is lost as "
      + "well. A synced record is never lost, and none is invented. Links and clocks are "
      + "untouched.",
    parameters: [
      "scope: node (default), or domain for all possible victims in one of faults.domains"
    ])

  /// The victim.
  public let node: NodeID

  /// The fault in words.
  public var description: String { "power loss at \(node)" }

  var nodeDown: NodeID? { node }

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

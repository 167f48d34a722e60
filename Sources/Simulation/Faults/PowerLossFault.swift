public import ProtocolKit

/// Cuts a machine's power; when the fault ends, it starts again from what its disk had synced.
///
/// Like a crash, and every journal record behind the last completed sync is lost as well. A synced
/// record is never lost, and none is invented.
public struct PowerLossFault: PlainNodeFaultType {
  static let name = "power-loss"
  static let key: UInt64 = 3
  static let evidence = FaultEvidence.Effect.recordsLost
  static let drawn = [FaultScope.parameter]
  static let guide = FaultGuide(
    summary:
      "A machine loses power and restarts; journal records that were not synced are lost.",
    semantics:
      "Like a crash, and every journal record behind the last completed sync is lost as "
      + "well. A synced record is never lost, and none is invented. Links and clocks are "
      + "untouched.")

  /// The victim.
  public let node: NodeID

  /// The fault in words.
  public var description: String { "power loss at \(node)" }

  var nodeDown: NodeID? { node }

  /// Creates the power loss of a node.
  public init(node: NodeID) {
    self.node = node
  }

  static func validate(_ draft: FaultDraft) throws(FaultComplaint) {
    try FaultScope.validate(draft, countsAsDown: true)
  }

  var predicate: String? { "takes the power from \(node)" }

  func begin(in world: inout some FaultTarget) {
    world.crash(node, losingPower: true)
  }

  func end(in world: inout some FaultTarget) throws(InvariantViolation) {
    try world.restart(node)
  }
}

extension Fault {
  /// A machine loses power and starts again.
  public static func powerLoss(_ fault: PowerLossFault) -> Fault { Fault(fault) }
}

extension FaultKind {
  /// A machine loses power and starts again.
  public static let powerLoss = FaultKind(PowerLossFault.self)
}

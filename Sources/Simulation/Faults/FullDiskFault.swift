public import ProtocolKit

/// Fills a disk: sectors never written before cannot be written.
///
/// A sync that needs one fails, and the process stops unless the protocol says otherwise.
public struct FullDiskFault: PlainNodeFaultType {
  static let name = "full-disk"
  static let key: UInt64 = 22
  static let evidence = FaultEvidence.Effect.syncsWithoutRoom
  static let needsSectors = true
  static let guide = FaultGuide(
    summary:
      "A disk has no room left: a sync that needs a new sector fails.",
    semantics:
      "Needs a disk of sectors (disk: { model: \"sectors\" }). Sectors written before "
      + "can be written again, and those are flushed even by a sync that fails. What "
      + "found no room is lost with the process. When the fault ends there is room, and "
      + "the node starts again if it had stopped.")

  /// The victim.
  public let node: NodeID

  /// The fault in words.
  public var description: String { "the disk of \(node) is full" }

  var nodeDown: NodeID? { node }

  /// Creates the fault of a node.
  public init(node: NodeID) {
    self.node = node
  }

  func begin(in world: inout some FaultTarget) {
    world.disturbDisk(of: node, .full)
  }

  func end(in world: inout some FaultTarget) throws(InvariantViolation) {
    world.relieveDisk(of: node, .full)
    try world.startAgain(node)
  }
}

extension Fault {
  /// A disk has no room for more.
  public static func fullDisk(_ fault: FullDiskFault) -> Fault { Fault(fault) }
}

extension FaultKind {
  /// A disk has no room for more.
  public static let fullDisk = FaultKind(FullDiskFault.self)
}

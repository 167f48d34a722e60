public import ProtocolKit

/// Makes a disk stand still: no sync ends before the fault does.
public struct StalledDiskFault: PlainNodeFaultType {
  static let name = "stalled-disk"
  static let key: UInt64 = 21
  static let evidence = FaultEvidence.Effect.syncsStalled
  static let guide = FaultGuide(
    summary:
      "No sync of a node's journal ends until the disk goes on.",
    semantics:
      "A sync that would end while it lasts ends when the fault does. The process "
      + "runs on and may write; a loss of power meanwhile takes what was not synced. "
      + "Links and clocks are untouched.")

  /// The victim.
  public let node: NodeID

  /// The fault in words.
  public var description: String { "the disk of \(node) stands still" }

  /// Creates the fault of a node.
  public init(node: NodeID) {
    self.node = node
  }

  func begin(in world: inout some FaultTarget) {
    world.disturbDisk(of: node, .stalled)
  }

  func end(in world: inout some FaultTarget) {
    world.relieveDisk(of: node, .stalled)
  }
}

extension Fault {
  /// A disk ends no sync.
  public static func stalledDisk(_ fault: StalledDiskFault) -> Fault { Fault(fault) }
}

extension FaultKind {
  /// A disk ends no sync.
  public static let stalledDisk = FaultKind(StalledDiskFault.self)
}

public import ProtocolKit

/// Lets losses of power tear a sector: its front is new, the rest is old.
public struct TornWriteFault: PlainNodeFaultType {
  static let name = "torn-write"
  static let key: UInt64 = 24
  static let evidence = FaultEvidence.Effect.sectorsTorn
  static let needsSectors = true
  static let guide = FaultGuide(
    summary:
      "A loss of power stops the disk in the middle of a sector: its front is new, "
      + "the rest is old.",
    semantics:
      "Needs a disk of sectors (disk: { model: \"sectors\" }). Every loss of power "
      + "while it lasts tears one unsynced sector, if there is one. Which of the others "
      + "survive is drawn as always. Synced content is untouched.")

  /// The victim.
  public let node: NodeID

  /// The fault in words.
  public var description: String { "a power loss at \(node) would tear a sector" }

  /// Creates the fault of a node.
  public init(node: NodeID) {
    self.node = node
  }

  var leavesTraces: Bool { true }

  func begin(in world: inout some FaultTarget) {
    world.disturbDisk(of: node, .torn)
  }

  func end(in world: inout some FaultTarget) {
    world.relieveDisk(of: node, .torn)
  }
}

extension Fault {
  /// A loss of power tears a sector.
  public static func tornWrite(_ fault: TornWriteFault) -> Fault { Fault(fault) }
}

extension FaultKind {
  /// A loss of power tears a sector.
  public static let tornWrite = FaultKind(TornWriteFault.self)
}

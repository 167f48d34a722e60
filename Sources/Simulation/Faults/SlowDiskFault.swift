import Determinism
public import ProtocolKit

/// Makes a disk slow: syncs that begin meanwhile take a multiple of their time.
public struct SlowDiskFault: FaultBehaviour, Hashable {
  static let guide = FaultGuide(
    summary:
      "Every sync of a node's journal takes several times as long.",
    semantics:
      "Syncs that begin while it lasts take a multiple of their time; of several such "
      + "faults the largest factor counts. A sync under way, memory, links and clocks "
      + "are untouched, and nothing is lost.",
    parameters: [
      "factor: the most times as long that a sync takes"
    ])

  /// The victim.
  public let node: NodeID
  /// How many times as long a sync takes.
  public let factor: Int64

  /// The fault in words.
  public var description: String { "syncs of \(node) take \(factor) times as long" }

  /// Creates the fault of a node.
  public init(node: NodeID, factor: Int64) {
    self.node = node
    self.factor = factor
  }

  /// Draws a factor from two up to a bound.
  static func sample(at node: NodeID, factorMost: Int64, _ draw: Draw) -> SlowDiskFault {
    SlowDiskFault(node: node, factor: 2 + Int64(draw.below(UInt64(factorMost - 1))))
  }

  func begin(in world: inout some FaultTarget) {
    world.disturbDisk(of: node, .slow(factor: factor))
  }

  func end(in world: inout some FaultTarget) {
    world.relieveDisk(of: node, .slow(factor: factor))
  }
}

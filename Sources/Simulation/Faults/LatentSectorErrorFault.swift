public import ProtocolKit

/// Makes a sector unreadable until it is written again.
public struct LatentSectorErrorFault: FaultBehaviour, Hashable {
  static let guide = FaultGuide(
    summary:
      "One sector of a node's disk cannot be read any more until it is written again.",
    semantics:
      "Needs a disk of sectors (disk: { model: \"sectors\" }). It is noticed when the "
      + "journal is read at a restart, or when the sector is to be changed in part, "
      + "which fails the next sync. A restart that finds durable records unreadable "
      + "refuses to start, and the node stays down; the injector counts it as down from "
      + "then on.",
    parameters: [])

  /// The victim.
  public let node: NodeID
  /// Which sector, as a number that is taken modulo the sectors written so far.
  public let place: UInt64

  /// The fault in words.
  public var description: String { "a sector of \(node) becomes unreadable" }

  var nodeDown: NodeID? { node }

  var isLasting: Bool { true }

  /// Creates the fault of a node.
  public init(node: NodeID, place: UInt64) {
    self.node = node
    self.place = place
  }

  func begin(in world: inout some FaultTarget) {
    world.disturbDisk(of: node, .unreadable(place: place))
  }

  func end(in world: inout some FaultTarget) {
    world.relieveDisk(of: node, .unreadable(place: place))
  }
}

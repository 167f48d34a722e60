public import ProtocolKit

/// Turns one bit of a disk over, for good.
public struct BitRotFault: FaultBehaviour, Hashable {
  static let guide = FaultGuide(
    summary:
      "One bit on a node's disk turns over, without notice.",
    semantics:
      "Needs a disk of sectors (disk: { model: \"sectors\" }). Any bit of any sector "
      + "written so far; the page cache, memory and running process do not notice. A "
      + "restart that finds durable records damaged refuses to start, and the node "
      + "stays down; the injector counts it as down from then on.",
    parameters: [])

  /// The victim.
  public let node: NodeID
  /// Which bit, as a number that is taken modulo the bits written so far.
  public let place: UInt64

  /// The fault in words.
  public var description: String { "a bit on the disk of \(node) turns over" }

  var nodeDown: NodeID? { node }

  var isLasting: Bool { true }

  /// Creates the fault of a node.
  public init(node: NodeID, place: UInt64) {
    self.node = node
    self.place = place
  }

  func begin(in world: inout some FaultTarget) {
    world.disturbDisk(of: node, .rot(place: place))
  }

  func end(in world: inout some FaultTarget) {
    world.relieveDisk(of: node, .rot(place: place))
  }
}

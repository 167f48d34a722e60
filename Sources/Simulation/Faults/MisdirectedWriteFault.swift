public import ProtocolKit

/// Makes the next sync write one sector to the wrong place.
public struct MisdirectedWriteFault: FaultBehaviour, Hashable {
  static let guide = FaultGuide(
    summary:
      "The disk writes one sector to the wrong place and reports success.",
    semantics:
      "Needs a disk of sectors (disk: { model: \"sectors\" }). It happens to one "
      + "sector of the next sync while the fault lasts: its own place keeps what it "
      + "held, another sector is overwritten. A restart that finds durable records "
      + "damaged refuses to start, and the node stays down; the injector counts it as "
      + "down from then on.",
    parameters: [])

  /// The victim.
  public let node: NodeID
  /// Which of the sectors to write, and where to, as a number that is taken modulo both.
  public let place: UInt64

  /// The fault in words.
  public var description: String { "the disk of \(node) writes a sector to the wrong place" }

  var nodeDown: NodeID? { node }

  var isLasting: Bool { true }

  /// Creates the fault of a node.
  public init(node: NodeID, place: UInt64) {
    self.node = node
    self.place = place
  }

  func begin(in world: inout some FaultTarget) {
    world.disturbDisk(of: node, .misdirected(place: place))
  }

  func end(in world: inout some FaultTarget) {
    world.relieveDisk(of: node, .misdirected(place: place))
  }
}

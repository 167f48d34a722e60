import Determinism
public import ProtocolKit

/// Turns one bit of a disk over, for good.
public struct BitRotFault: NodeFaultType {
  static let name = "bit-rot"
  static let key: UInt64 = 25
  static let evidence = FaultEvidence.Effect.bitsFlipped
  static let needsSectors = true
  static let scripted: [FaultParameter] = [
    .victim,
    FaultParameter(
      "place", as: .integer(0...1_000_000_000_000), absence: .standard(.integer(0), "0"),
      meaning: "which bit, counted modulo what was written so far"),
  ]
  static let guide = FaultGuide(
    summary:
      "One bit on a node's disk turns over, without notice.",
    semantics:
      "Needs a disk of sectors (disk: { model: \"sectors\" }). Any bit of any sector "
      + "written so far; the page cache, memory and running process do not notice. A "
      + "restart that finds durable records damaged refuses to start, and the node "
      + "stays down; the injector counts it as down from then on.")

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

  static func draw(at node: NodeID, on occasion: FaultOccasion, by draw: Draw) -> Self {
    Self(node: node, place: draw.bits)
  }

  static func script(at node: NodeID, as script: FaultScript) -> Self {
    let place: Int64 = script.values["place"]
    return Self(node: node, place: UInt64(place))
  }

  func begin(in world: inout some FaultTarget) {
    world.disturbDisk(of: node, .rot(place: place))
  }

  func end(in world: inout some FaultTarget) {
    world.relieveDisk(of: node, .rot(place: place))
  }
}

extension Fault {
  /// A bit on a disk turns over.
  public static func bitRot(_ fault: BitRotFault) -> Fault { Fault(fault) }
}

extension FaultKind {
  /// A bit on a disk turns over.
  public static let bitRot = FaultKind(BitRotFault.self)
}

import Determinism
public import ProtocolKit

/// Makes a sector unreadable until it is written again.
public struct LatentSectorErrorFault: NodeFaultType {
  static let name = "latent-sector-error"
  static let key: UInt64 = 26
  static let evidence = FaultEvidence.Effect.sectorsUnreadable
  static let needsSectors = true
  static let scripted: [FaultParameter] = [
    .victim,
    FaultParameter(
      "place", as: .integer(0...1_000_000_000_000), absence: .standard(.integer(0), "0"),
      meaning: "which sector, counted modulo what was written so far"),
  ]
  static let guide = FaultGuide(
    summary:
      "One sector of a node's disk cannot be read any more until it is written again.",
    semantics:
      "Needs a disk of sectors (disk: { model: \"sectors\" }). It is noticed when the "
      + "journal is read at a restart, or when the sector is to be changed in part, "
      + "which fails the next sync. A restart that finds durable records unreadable "
      + "refuses to start, and the node stays down; the injector counts it as down from "
      + "then on.")

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

  static func draw(at node: NodeID, on occasion: FaultOccasion, by draw: Draw) -> Self {
    Self(node: node, place: draw.bits)
  }

  static func script(at node: NodeID, as script: FaultScript) -> Self {
    let place: Int64 = script.values["place"]
    return Self(node: node, place: UInt64(place))
  }

  func begin(in world: inout some FaultTarget) {
    world.disturbDisk(of: node, .unreadable(place: place))
  }

  func end(in world: inout some FaultTarget) {
    world.relieveDisk(of: node, .unreadable(place: place))
  }
}

extension Fault {
  /// A sector of a disk cannot be read any more.
  public static func latentSectorError(_ fault: LatentSectorErrorFault) -> Fault { Fault(fault) }
}

extension FaultKind {
  /// A sector of a disk cannot be read any more.
  public static let latentSectorError = FaultKind(LatentSectorErrorFault.self)
}

import Determinism
public import ProtocolKit

/// Makes the next sync write one sector to the wrong place.
public struct MisdirectedWriteFault: NodeFaultType {
  static let name = "misdirected-write"
  static let key: UInt64 = 27
  static let evidence = FaultEvidence.Effect.sectorsMisdirected
  static let needsSectors = true
  static let scripted: [FaultParameter] = [
    .victim,
    FaultParameter(
      "place", as: .integer(0...1_000_000_000_000), absence: .standard(.integer(0), "0"),
      meaning: "which sectors, from and to, counted modulo what was written so far"),
  ]
  static let guide = FaultGuide(
    summary:
      "The disk writes one sector to the wrong place and reports success.",
    semantics:
      "Needs a disk of sectors (disk: { model: \"sectors\" }). It happens to one "
      + "sector of the next sync while the fault lasts: its own place keeps what it "
      + "held, another sector is overwritten. A restart that finds durable records "
      + "damaged refuses to start, and the node stays down; the injector counts it as "
      + "down from then on.")

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

  static func draw(at node: NodeID, on occasion: FaultOccasion, by draw: Draw) -> Self {
    Self(node: node, place: draw.bits)
  }

  static func script(at node: NodeID, as script: FaultScript) -> Self {
    let place: Int64 = script.values["place"]
    return Self(node: node, place: UInt64(place))
  }

  func begin(in world: inout some FaultTarget) {
    world.disturbDisk(of: node, .misdirected(place: place))
  }

  func end(in world: inout some FaultTarget) {
    world.relieveDisk(of: node, .misdirected(place: place))
  }
}

extension Fault {
  /// A disk writes a sector to the wrong place.
  public static func misdirectedWrite(_ fault: MisdirectedWriteFault) -> Fault { Fault(fault) }
}

extension FaultKind {
  /// A disk writes a sector to the wrong place.
  public static let misdirectedWrite = FaultKind(MisdirectedWriteFault.self)
}

import Determinism
public import ProtocolKit

/// Makes a disk slow: syncs that begin meanwhile take a multiple of their time.
public struct SlowDiskFault: NodeFaultType {
  static let name = "slow-disk"
  static let key: UInt64 = 20
  static let evidence = FaultEvidence.Effect.syncsSlowed
  private static let factorParameter = FaultParameter(
    "factor", as: .integer(2...1_000), absence: .standard(.integer(10), "10"),
    meaning: "the most times as long that a sync takes")
  static let drawn = [factorParameter]
  static let scripted: [FaultParameter] = [.victim, factorParameter]
  static let guide = FaultGuide(
    summary:
      "Every sync of a node's journal takes several times as long.",
    semantics:
      "Syncs that begin while it lasts take a multiple of their time; of several such "
      + "faults the largest factor counts. A sync under way, memory, links and clocks "
      + "are untouched, and nothing is lost.")

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
  static func sample(at node: NodeID, factorMost: Int64, by draw: Draw) -> SlowDiskFault {
    SlowDiskFault(node: node, factor: 2 + Int64(draw.below(UInt64(factorMost - 1))))
  }

  static func draw(at node: NodeID, on occasion: FaultOccasion, by draw: Draw) -> Self {
    sample(at: node, factorMost: occasion.values["factor"], by: draw)
  }

  static func script(at node: NodeID, as script: FaultScript) -> Self {
    Self(node: node, factor: script.values["factor"])
  }

  func begin(in world: inout some FaultTarget) {
    world.disturbDisk(of: node, .slow(factor: factor))
  }

  func end(in world: inout some FaultTarget) {
    world.relieveDisk(of: node, .slow(factor: factor))
  }
}

extension Fault {
  /// A disk takes longer for every sync.
  public static func slowDisk(_ fault: SlowDiskFault) -> Fault { Fault(fault) }
}

extension FaultKind {
  /// A disk takes longer for every sync.
  public static let slowDisk = FaultKind(SlowDiskFault.self)
}

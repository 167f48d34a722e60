import Determinism
public import ProtocolKit

/// Stops a wall clock, and the monotonic clock as well if asked to.
public struct ClockFreezeFault: NodeFaultType {
  static let name = "clock-freeze"
  static let key: UInt64 = 47
  static let evidence = FaultEvidence.Effect.clockFreezes
  private static let both = FaultParameter(
    "both", as: .flag, absence: .standard(.flag(false), "false"),
    meaning: "whether the monotonic clock stands still as well")
  static let drawn = [both]
  static let scripted: [FaultParameter] = [.victim, both]
  static let guide = FaultGuide(
    summary:
      "A wall clock stands still; the monotonic clock runs on unless it is frozen as "
      + "well.",
    semantics:
      "The wall clock shows the same time while the fault lasts, then runs on from "
      + "there: it stays behind until the heal or time synchronisation corrects it. With "
      + "both, the monotonic clock stands still too, so that no timer falls due, and it "
      + "never catches up. Messages and handlers go on.")

  /// The victim.
  public let node: NodeID
  /// Whether the monotonic clock stands still as well.
  public let includesMonotonic: Bool

  /// The fault in words.
  public var description: String {
    "\(includesMonotonic ? "both clocks" : "the wall clock") of \(node) \(includesMonotonic ? "stand" : "stands") still"
  }

  /// Creates a freeze.
  public init(node: NodeID, includesMonotonic: Bool) {
    self.node = node
    self.includesMonotonic = includesMonotonic
  }

  static func draw(at node: NodeID, on occasion: FaultOccasion, by draw: Draw) -> Self {
    Self(node: node, includesMonotonic: occasion.values["both"])
  }

  static func script(at node: NodeID, as script: FaultScript) -> Self {
    Self(node: node, includesMonotonic: script.values["both"])
  }

  var leavesTraces: Bool { true }

  func begin(in world: inout some FaultTarget) {
    world.freezeClocks(of: node, includingMonotonic: includesMonotonic)
  }

  func end(in world: inout some FaultTarget) {
    world.thawClocks(of: node, includingMonotonic: includesMonotonic)
  }
}

extension Fault {
  /// A clock stands still.
  public static func clockFreeze(_ fault: ClockFreezeFault) -> Fault { Fault(fault) }
}

extension FaultKind {
  /// A clock stands still.
  public static let clockFreeze = FaultKind(ClockFreezeFault.self)
}

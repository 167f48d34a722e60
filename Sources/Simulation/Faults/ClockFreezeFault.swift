public import ProtocolKit

/// Stops a wall clock, and the monotonic clock as well if asked to.
public struct ClockFreezeFault: FaultBehaviour, Hashable {
  static let guide = FaultGuide(
    summary:
      "A wall clock stands still; the monotonic clock runs on unless it is frozen as "
      + "well.",
    semantics:
      "The wall clock shows the same time while the fault lasts, then runs on from "
      + "there: it stays behind until the heal or time synchronisation corrects it. With "
      + "both, the monotonic clock stands still too, so that no timer falls due, and it "
      + "never catches up. Messages and handlers go on.",
    parameters: [
      "both: whether the monotonic clock stands still as well (default: false)"
    ])

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

  func begin(in world: inout some FaultTarget) {
    world.freezeClocks(of: node, includingMonotonic: includesMonotonic)
  }

  func end(in world: inout some FaultTarget) {
    world.thawClocks(of: node, includingMonotonic: includesMonotonic)
  }
}

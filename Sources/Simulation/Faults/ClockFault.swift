public import Determinism
public import ProtocolKit

/// Makes a node's clocks wrong: both drift, and the wall clock steps; the end takes both back.
///
/// Drift adds to whatever rate the clocks had. Timers run on the drifting monotonic clock, which
/// never steps; no sum of faults slows a clock below a tenth of true speed. True time, other nodes
/// and messages in flight are untouched.
public struct ClockFault: FaultBehaviour, Hashable {
  static let guide = FaultGuide(
    summary:
      "A node's clocks run fast or slow, and its wall clock steps; timers follow the "
      + "drifting clock.",
    semantics:
      "Drift adds to whatever rate the clocks had, and is taken back at the end, as is the "
      + "step of the wall clock. Timers run on the drifting monotonic clock, which never "
      + "steps. True time, other nodes and messages in flight are untouched.",
    parameters: [
      "drift_ppb: the largest drift, in parts per billion",
      "step: the largest step of the wall clock",
    ])

  /// The victim.
  public let node: NodeID
  /// How much faster the clocks run, in parts per billion; negative when slower.
  public let drift: Int64
  /// How far the wall clock steps when the fault begins.
  public let step: Nanoseconds

  /// Creates a clock fault of a node; the drift must lie between −500 000 000 and 500 000 000.
  public init(node: NodeID, drift: Int64, step: Nanoseconds) {
    self.node = node
    self.drift = drift
    self.step = step
  }

  /// Draws drift and step between their bounds, either sign.
  static func sample(
    at node: NodeID, driftMost: Int64, stepMost: Nanoseconds, _ draw: Draw
  ) -> ClockFault {
    let drift = draw.purpose(1).between(Nanoseconds(-driftMost), Nanoseconds(driftMost)).count
    let step = draw.purpose(2).between(.zero - stepMost, stepMost)
    return ClockFault(node: node, drift: drift, step: step)
  }

  func begin(in world: inout some FaultTarget) {
    world.changeClocks(of: node, driftBy: drift, stepWallBy: step)
  }

  func end(in world: inout some FaultTarget) {
    world.changeClocks(of: node, driftBy: -drift, stepWallBy: .zero - step)
  }
}

extension ClockFault {
  /// The drift and the step in words.
  public var description: String {
    "clocks of \(node) drift by \(drift) ppb, its wall clock steps by \(step)"
  }
}

public import Determinism
public import ProtocolKit

/// Makes a node's clocks wrong: both drift, and the wall clock steps; the end takes both back.
///
/// Drift adds to whatever rate the clocks had. Timers run on the drifting monotonic clock, which
/// never steps; no sum of faults slows a clock below a tenth of true speed. True time, other nodes
/// and messages in flight are untouched.
public struct ClockFault: NodeFaultType {
  static let name = "clock"
  static let key: UInt64 = 5
  static let evidence = FaultEvidence.Effect.clockChanges
  private static let driftBound: Int64 = 500_000_000
  static let drawn = [
    FaultParameter(
      "drift_ppb", as: .integer(0...driftBound), absence: .standard(.integer(0), "0"),
      meaning: "the largest drift, in parts per billion"),
    FaultParameter(
      "step", as: .duration, absence: .standard(.duration(.zero), "0ms"),
      meaning: "the largest step of the wall clock"),
  ]
  static let scripted: [FaultParameter] = [
    .victim,
    FaultParameter(
      "drift_ppb", as: .integer(-driftBound...driftBound), absence: .standard(.integer(0), "0"),
      meaning: "how much faster the clocks run, in parts per billion"),
    FaultParameter(
      "step", as: .signedDuration, absence: .standard(.duration(.zero), "0ms"),
      meaning: "how far the wall clock steps"),
  ]
  static let guide = FaultGuide(
    summary:
      "A node's clocks run fast or slow, and its wall clock steps; timers follow the "
      + "drifting clock.",
    semantics:
      "Drift adds to whatever rate the clocks had, and is taken back at the end, as is the "
      + "step of the wall clock. Timers run on the drifting monotonic clock, which never "
      + "steps. True time, other nodes and messages in flight are untouched.")

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
    at node: NodeID, driftMost: Int64, stepMost: Nanoseconds, by draw: Draw
  ) -> ClockFault {
    let drift = draw.purpose(1).between(Nanoseconds(-driftMost), Nanoseconds(driftMost)).count
    let step = draw.purpose(2).between(.zero - stepMost, stepMost)
    return ClockFault(node: node, drift: drift, step: step)
  }

  static func draw(at node: NodeID, on occasion: FaultOccasion, by draw: Draw) -> Self {
    sample(
      at: node, driftMost: occasion.values["drift_ppb"], stepMost: occasion.values["step"], by: draw
    )
  }

  static func script(at node: NodeID, as script: FaultScript) -> Self {
    Self(node: node, drift: script.values["drift_ppb"], step: script.values["step"])
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

extension Fault {
  /// A node's clocks are wrong.
  public static func clock(_ fault: ClockFault) -> Fault { Fault(fault) }
}

extension FaultKind {
  /// A node's clocks are wrong.
  public static let clock = FaultKind(ClockFault.self)
}

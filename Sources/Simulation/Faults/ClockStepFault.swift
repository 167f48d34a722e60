public import Determinism
public import ProtocolKit

/// Steps a wall clock forwards or backwards, and leaves it there.
public struct ClockStepFault: NodeFaultType {
  static let name = "clock-step"
  static let key: UInt64 = 46
  static let evidence = FaultEvidence.Effect.clockSteps
  static let drawn = [
    FaultParameter("step", as: .duration, meaning: "the largest step, either way")
  ]
  static let scripted: [FaultParameter] = [
    .victim, FaultParameter("step", as: .signedDuration, meaning: "how far the wall clock jumps"),
  ]
  static let guide = FaultGuide(
    summary:
      "A wall clock jumps forwards or backwards and stays wrong.",
    semantics:
      "The step is not taken back when the fault ends: only the heal, or time "
      + "synchronisation, corrects it. The monotonic clock and with it all timers are "
      + "untouched.")

  /// The victim.
  public let node: NodeID
  /// How far the wall clock jumps.
  public let step: Nanoseconds

  /// The fault in words.
  public var description: String { "the wall clock of \(node) steps by \(step)" }

  /// Creates a step of a wall clock.
  public init(node: NodeID, step: Nanoseconds) {
    self.node = node
    self.step = step
  }

  static func draw(at node: NodeID, on occasion: FaultOccasion, by draw: Draw) -> Self {
    let most: Nanoseconds = occasion.values["step"]
    return Self(node: node, step: draw.between(.zero - most, most))
  }

  static func script(at node: NodeID, as script: FaultScript) -> Self {
    Self(node: node, step: script.values["step"])
  }

  var leavesTraces: Bool { true }

  func begin(in world: inout some FaultTarget) {
    world.stepWall(of: node, by: step)
  }

  func end(in world: inout some FaultTarget) {}
}

extension Fault {
  /// A wall clock jumps.
  public static func clockStep(_ fault: ClockStepFault) -> Fault { Fault(fault) }
}

extension FaultKind {
  /// A wall clock jumps.
  public static let clockStep = FaultKind(ClockStepFault.self)
}

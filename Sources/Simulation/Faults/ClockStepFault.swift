public import Determinism
public import ProtocolKit

/// Steps a wall clock forwards or backwards, and leaves it there.
public struct ClockStepFault: FaultBehaviour, Hashable {
  static let guide = FaultGuide(
    summary:
      "A wall clock jumps forwards or backwards and stays wrong.",
    semantics:
      "The step is not taken back when the fault ends: only the heal, or time "
      + "synchronisation, corrects it. The monotonic clock and with it all timers are "
      + "untouched.",
    parameters: [
      "step: the largest step, either way"
    ])

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

  func begin(in world: inout some FaultTarget) {
    world.stepWall(of: node, by: step)
  }

  func end(in world: inout some FaultTarget) {}
}

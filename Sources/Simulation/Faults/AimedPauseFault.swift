public import Determinism
public import ProtocolKit

/// Pauses a process right after a handler that reached a mark: between a check and its use.
///
/// The trigger is armed while the fault lasts. What the handler asked for is carried out first; then
/// the process stands still for a drawn time, even beyond the end of the fault.
public struct AimedPauseFault: FaultBehaviour, Hashable {
  static let guide = FaultGuide(
    summary:
      "A process stops right after a handler that reached a mark, for a drawn time.",
    semantics:
      "While the fault lasts, each time a process reaches the mark a draw decides "
      + "whether it is paused. The handler ends first, and its messages leave; then the "
      + "process stands still as in a pause, for a drawn time that may outlast the fault. "
      + "Nothing happens if the mark is not reached.",
    parameters: [
      "after: the mark, such as leader-elected",
      "probability: how often reaching it leads to a pause (default: always)",
      "pause: the shortest and the longest pause",
    ])

  /// The mark after which a process stops.
  public let mark: String
  /// Who can be hit.
  public let nodes: [NodeID]
  /// How often reaching the mark leads to a pause.
  public let probability: Ratio
  /// The shortest and the longest pause.
  public let lasts: ClosedRange<Nanoseconds>

  /// The fault in words.
  public var description: String { "pauses aimed at \(mark)" }

  /// Creates a pause aimed at a mark.
  public init(mark: String, nodes: [NodeID], probability: Ratio, lasts: ClosedRange<Nanoseconds>) {
    self.mark = mark
    self.nodes = nodes
    self.probability = probability
    self.lasts = lasts
  }

  func begin(in world: inout some FaultTarget) {
    world.arm(self)
  }

  func end(in world: inout some FaultTarget) {
    world.disarm(self)
  }
}

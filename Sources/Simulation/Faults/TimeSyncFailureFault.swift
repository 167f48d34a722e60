public import Determinism
public import ProtocolKit

/// Keeps a node from synchronising its wall clock, or makes it follow a false source.
public struct TimeSyncFailureFault: FaultBehaviour, Hashable {
  static let guide = FaultGuide(
    summary:
      "A node's time synchronisation stops, or follows a source that is wrong.",
    semantics:
      "Without a false source the daemon gets no answer, and the wall clock drifts on "
      + "freely. With one it disciplines the wall clock towards a time that is off by a "
      + "fixed amount. Afterwards it corrects the clock at the next interval. Nothing "
      + "happens in a world without time synchronisation (clocks.sync).",
    parameters: [
      "false_by: how far the false source is off at the most, either way (default: no source answers)"
    ])

  /// The victim.
  public let node: NodeID
  /// How far the source is off; nil when none answers.
  public let falseBy: Nanoseconds?

  /// The fault in words.
  public var description: String {
    falseBy.map { "\(node) synchronises with a source that is off by \($0)" }
      ?? "\(node) cannot synchronise its wall clock"
  }

  /// Creates a failure of time synchronisation.
  public init(node: NodeID, falseBy: Nanoseconds?) {
    self.node = node
    self.falseBy = falseBy
  }

  func begin(in world: inout some FaultTarget) {
    world.spoilSync(of: node, offBy: falseBy)
  }

  func end(in world: inout some FaultTarget) {
    world.restoreSync(of: node, offBy: falseBy)
  }
}

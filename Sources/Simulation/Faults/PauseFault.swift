public import ProtocolKit

/// Makes a process stand still, like a garbage collection or a suspended virtual machine.
///
/// No handler runs. Arriving messages wait in the inbox up to its bound; further ones are lost.
/// Clocks run on, so timers that fall due meanwhile fire late, right after the pause.
public struct PauseFault: FaultBehaviour, Hashable {
  static let guide = FaultGuide(
    summary:
      "A process stands still while its clocks run on; messages wait in a bounded inbox, "
      + "timers fire late.",
    semantics:
      "No handler runs. Arriving messages wait in the inbox up to limits.inbox; further "
      + "ones are lost. Clocks run on, so timers that fall due meanwhile fire late, right "
      + "after the pause, and a journal sync under way ends on time but is reported late. "
      + "Nothing in memory or on disk is lost.",
    parameters: [
      "scope: node (default), or domain for all possible victims in one of faults.domains"
    ])

  /// The victim.
  public let node: NodeID

  /// The fault in words.
  public var description: String { "pause \(node)" }

  /// Creates the pause of a node.
  public init(node: NodeID) {
    self.node = node
  }

  func begin(in world: inout some FaultTarget) {
    world.pause(node)
  }

  func end(in world: inout some FaultTarget) {
    world.resume(node)
  }
}

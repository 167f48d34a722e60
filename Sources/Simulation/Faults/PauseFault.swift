public import ProtocolKit

/// Makes a process stand still, like a garbage collection or a suspended virtual machine.
///
/// No handler runs. Arriving messages wait in the inbox up to its bound; further ones are lost.
/// Clocks run on, so timers that fall due meanwhile fire late, right after the pause.
public struct PauseFault: Hashable, Sendable {
  /// What the fault does, in one sentence.
  public static let summary =
    "A process stands still while its clocks run on; messages wait in a bounded inbox, timers fire late."

  /// The victim.
  public let node: NodeID

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

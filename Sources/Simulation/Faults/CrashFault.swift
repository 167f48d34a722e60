public import ProtocolKit

/// Kills a process; when the fault ends, it starts again as a new machine from its journal.
///
/// Memory, timers and waiting messages are gone. Everything written to the journal is still there,
/// synced or not, because the operating system lives on; messages that arrive meanwhile are lost.
public struct CrashFault: Hashable, Sendable {
  /// What the fault does, in one sentence.
  public static let summary =
    "A process dies and restarts from its journal; unsynced records survive, memory and timers do not."

  /// The victim.
  public let node: NodeID

  /// Creates the crash of a node.
  public init(node: NodeID) {
    self.node = node
  }

  func begin(in world: inout some FaultTarget) {
    world.crash(node, losingPower: false)
  }

  func end(in world: inout some FaultTarget) throws(InvariantViolation) {
    try world.restart(node)
  }
}

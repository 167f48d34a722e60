public import ProtocolKit

/// Kills a process; when the fault ends, it starts again as a new machine from its journal.
///
/// Memory, timers and waiting messages are gone. Everything written to the journal is still there,
/// synced or not, because the operating system lives on; messages that arrive meanwhile are lost.
public struct CrashFault: PlainNodeFaultType {
  static let name = "crash"
  static let key: UInt64 = 2
  static let evidence = FaultEvidence.Effect.restarts
  static let drawn = [FaultScope.parameter]
  static let guide = FaultGuide(
    summary:
      "A process dies and restarts from its journal; unsynced records survive, memory and "
      + "timers do not.",
    semantics:
      "Memory, timers and waiting messages are gone, and messages that arrive meanwhile are "
      + "lost. Everything written to the journal is still there, synced or not, because the "
      + "operating system lives on. The process starts again as a new machine from its "
      + "journal when the fault ends. Links, clocks and the disk itself are untouched.")

  /// The victim.
  public let node: NodeID

  /// The fault in words.
  public var description: String { "crash \(node)" }

  var nodeDown: NodeID? { node }

  /// Creates the crash of a node.
  public init(node: NodeID) {
    self.node = node
  }

  static func validate(_ draft: FaultDraft) throws(FaultComplaint) {
    try FaultScope.validate(draft, countsAsDown: true)
  }

  var predicate: String? { "kills the process of \(node)" }

  func begin(in world: inout some FaultTarget) {
    world.crash(node, losingPower: false)
  }

  func end(in world: inout some FaultTarget) throws(InvariantViolation) {
    try world.restart(node)
  }
}

extension Fault {
  /// A process dies and starts again.
  public static func crash(_ fault: CrashFault) -> Fault { Fault(fault) }
}

extension FaultKind {
  /// A process dies and starts again.
  public static let crash = FaultKind(CrashFault.self)
}

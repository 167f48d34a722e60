public import ProtocolKit

/// Makes a process stand still, like a garbage collection or a suspended virtual machine.
///
/// No handler runs. Arriving messages wait in the inbox up to its bound; further ones are lost.
/// Clocks run on, so timers that fall due meanwhile fire late, right after the pause.
public struct PauseFault: PlainNodeFaultType {
  static let name = "pause"
  static let key: UInt64 = 4
  static let evidence = FaultEvidence.Effect.eventsPaused
  static let drawn = [FaultScope.parameter]
  static let guide = FaultGuide(
    summary:
      "A process stands still while its clocks run on; messages wait in a bounded inbox, "
      + "timers fire late.",
    semantics:
      "No handler runs. Arriving messages wait in the inbox up to limits.inbox; further "
      + "ones are lost. Clocks run on, so timers that fall due meanwhile fire late, right "
      + "after the pause, and a journal sync under way ends on time but is reported late. "
      + "Nothing in memory or on disk is lost.")

  /// The victim.
  public let node: NodeID

  /// The fault in words.
  public var description: String { "pause \(node)" }

  /// Creates the pause of a node.
  public init(node: NodeID) {
    self.node = node
  }

  static func validate(_ draft: FaultDraft) throws(FaultComplaint) {
    try FaultScope.validate(draft, countsAsDown: false)
  }

  var isPause: Bool { true }

  var predicate: String? { "makes the process of \(node) stand still" }

  func begin(in world: inout some FaultTarget) {
    world.pause(node)
  }

  func end(in world: inout some FaultTarget) {
    world.resume(node)
  }
}

extension Fault {
  /// A process stands still.
  public static func pause(_ fault: PauseFault) -> Fault { Fault(fault) }
}

extension FaultKind {
  /// A process stands still.
  public static let pause = FaultKind(PauseFault.self)
}

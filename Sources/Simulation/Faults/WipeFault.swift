public import ProtocolKit

/// Replaces a node's disk by an empty one; the process dies and restarts without its journal.
///
/// Few protocols promise to survive this: a server forgets its vote and its share of every majority.
/// It is therefore not counted by `max_down`, which bounds faults inside a protocol's contract.
public struct WipeFault: PlainNodeFaultType {
  static let name = "wipe"
  static let key: UInt64 = 43
  static let evidence = FaultEvidence.Effect.journalsWiped
  static let isPromised = false
  static let guide = FaultGuide(
    summary:
      "A machine dies and returns with an empty journal; outside what most protocols "
      + "promise.",
    semantics:
      "The process dies, its journal loses every record, synced or not, and it restarts "
      + "when the fault ends. Links, clocks and other nodes are untouched. Not counted by "
      + "max_down: a protocol without reconfiguration does not promise to survive it, so "
      + "what it breaks lies outside the contract. The node comes back as a stranger under "
      + "its old name: rules forget what it alone had promised, such as a vote, and judge "
      + "what the cluster makes of it.")

  /// The victim.
  public let node: NodeID

  /// The fault in words.
  public var description: String { "wipe \(node)" }

  /// Creates the wipe of a node.
  public init(node: NodeID) {
    self.node = node
  }

  var leavesTraces: Bool { true }

  func begin(in world: inout some FaultTarget) {
    world.crash(node, losingPower: true)
    world.wipeJournal(of: node)
  }

  func end(in world: inout some FaultTarget) throws(InvariantViolation) {
    try world.restart(node)
  }
}

extension Fault {
  /// A machine returns with an empty journal.
  public static func wipe(_ fault: WipeFault) -> Fault { Fault(fault) }
}

extension FaultKind {
  /// A machine returns with an empty journal.
  public static let wipe = FaultKind(WipeFault.self)
}

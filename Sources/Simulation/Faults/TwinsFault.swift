public import ProtocolKit

/// Gives a server a twin: two honest copies that act under one identity, as after a bad restore.
///
/// The simplest Byzantine fault: neither copy lies, but together they contradict themselves.
/// Bano et al., "Twins: BFT systems made robust", 2022.
public struct TwinsFault: PlainNodeFaultType {
  static let name = "twins"
  static let key: UInt64 = 51
  static let evidence = FaultEvidence.Effect.messagesToTwins
  static let isPromised = false
  static let guide = FaultGuide(
    summary:
      "A server acts as two copies of itself under one identity; outside what most "
      + "protocols promise.",
    semantics:
      "A copy of the running machine, its journal and its timers begins a life of its own. "
      + "Every message to the identity reaches one of the two, by a toss of a coin; both "
      + "answer in its name. Rules look at the original and what it says: the two "
      + "contradict each other from the start, and what counts is what the cluster makes of "
      + "it. Pauses and slowness hit both; a crash ends the copy. When the fault ends, the copy "
      + "is gone and the original goes on. Other nodes, links and clocks are untouched; "
      + "clients have no twins.")

  /// The victim.
  public let node: NodeID

  /// The fault in words.
  public var description: String { "a twin of \(node)" }

  /// Creates the twin of a server.
  public init(node: NodeID) {
    self.node = node
  }

  func begin(in world: inout some FaultTarget) {
    world.addTwin(of: node)
  }

  func end(in world: inout some FaultTarget) {
    world.removeTwin(of: node)
  }
}

extension Fault {
  /// A server acts as two.
  public static func twins(_ fault: TwinsFault) -> Fault { Fault(fault) }
}

extension FaultKind {
  /// A server acts as two.
  public static let twins = FaultKind(TwinsFault.self)
}

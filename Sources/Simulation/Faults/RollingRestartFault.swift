import Determinism
public import ProtocolKit

/// One step of a rolling restart: a server is shut down and started again.
///
/// A rolling restart is planned as one step for every server, in a drawn order.
public struct RollingRestartFault: FaultType {
  static let name = "rolling-restart"
  static let key: UInt64 = 44
  static let evidence = FaultEvidence.Effect.restarts
  static let drawn = [FaultPlan.Entry.gap]
  static let scripted = [FaultPlan.Entry.steps, FaultPlan.Entry.gap]
  static let guide = FaultGuide(
    summary:
      "All servers restart one after the other, each only after the one before is up "
      + "again.",
    semantics:
      "Planned in advance as one plain crash for every server, in a drawn order: "
      + "written records survive. Each is down for a drawn time (lasts), and the next "
      + "goes a gap after it came back. A pause that keeps a server from starting is not "
      + "waited for. Steps beyond the end of the chaos phase are left out.")

  /// The victim.
  public let node: NodeID

  /// The fault in words.
  public var description: String { "rolling restart of \(node)" }

  var nodeDown: NodeID? { node }

  /// Creates the step of a server.
  public init(node: NodeID) {
    self.node = node
  }

  static func draw(_ occasion: FaultOccasion, by draw: Draw) -> [FaultPlan.Entry] {
    FaultPlan.Entry.rolling(occasion, by: draw) { .rollingRestart(RollingRestartFault(node: $0)) }
  }

  static func script(_ script: FaultScript) -> [FaultPlan.Entry] {
    FaultPlan.Entry.rolling(script) { .rollingRestart(RollingRestartFault(node: $0)) }
  }

  var victims: [NodeID] { [node] }

  func begin(in world: inout some FaultTarget) {
    world.crash(node, losingPower: false)
  }

  func end(in world: inout some FaultTarget) throws(InvariantViolation) {
    try world.restart(node)
  }
}

extension Fault {
  /// All servers restart, one after the other.
  public static func rollingRestart(_ fault: RollingRestartFault) -> Fault { Fault(fault) }
}

extension FaultKind {
  /// All servers restart, one after the other.
  public static let rollingRestart = FaultKind(RollingRestartFault.self)
}

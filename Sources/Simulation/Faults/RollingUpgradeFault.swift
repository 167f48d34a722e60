import Determinism
public import ProtocolKit

/// One step of a rolling upgrade: a server is shut down and started with another release.
///
/// Until the last step the cluster is mixed, and it stays so if the fault plan ends before.
public struct RollingUpgradeFault: FaultType {
  static let name = "rolling-upgrade"
  static let key: UInt64 = 45
  static let evidence = FaultEvidence.Effect.releasesInstalled
  private static let release = FaultParameter(
    "to", as: .integer(1...1_000), absence: .standard(.integer(2), "2"),
    meaning: "the release that is installed")
  static let drawn = [release, FaultPlan.Entry.gap]
  static let scripted = [FaultPlan.Entry.steps, release, FaultPlan.Entry.gap]
  static let guide = FaultGuide(
    summary:
      "All servers restart one after the other with another release of the protocol.",
    semantics:
      "Like a rolling restart, but each server comes back as the given release, and "
      + "stays it after the heal. Its journal is what the release before wrote; a release "
      + "that cannot read it must refuse to start, which is a finding. Going back to an "
      + "earlier release is possible. Messages in flight are delivered to whichever "
      + "release runs.")

  /// The victim.
  public let node: NodeID
  /// The release that is installed.
  public let version: Int

  /// The fault in words.
  public var description: String { "upgrade of \(node) to release \(version)" }

  var nodeDown: NodeID? { node }

  /// Creates the step of a server.
  public init(node: NodeID, version: Int) {
    self.node = node
    self.version = version
  }

  static func draw(_ occasion: FaultOccasion, by draw: Draw) -> [FaultPlan.Entry] {
    FaultPlan.Entry.rolling(occasion, by: draw, of: upgrade(by: occasion.values))
  }

  static func script(_ script: FaultScript) -> [FaultPlan.Entry] {
    FaultPlan.Entry.rolling(script, of: upgrade(by: script.values))
  }

  private static func upgrade(by values: ParameterValues) -> (NodeID) -> Fault {
    let version: Int64 = values["to"]
    return { .rollingUpgrade(RollingUpgradeFault(node: $0, version: Int(version))) }
  }

  var victims: [NodeID] { [node] }

  var leavesTraces: Bool { true }

  func begin(in world: inout some FaultTarget) {
    world.crash(node, losingPower: false)
    world.install(version: version, on: node)
  }

  func end(in world: inout some FaultTarget) throws(InvariantViolation) {
    try world.restart(node)
  }
}

extension Fault {
  /// All servers restart with another release, one after the other.
  public static func rollingUpgrade(_ fault: RollingUpgradeFault) -> Fault { Fault(fault) }
}

extension FaultKind {
  /// All servers restart with another release, one after the other.
  public static let rollingUpgrade = FaultKind(RollingUpgradeFault.self)
}

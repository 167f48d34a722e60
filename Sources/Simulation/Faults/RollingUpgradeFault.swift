public import ProtocolKit

/// One step of a rolling upgrade: a server is shut down and started with another release.
///
/// Until the last step the cluster is mixed, and it stays so if the fault plan ends before.
public struct RollingUpgradeFault: FaultBehaviour, Hashable {
  static let guide = FaultGuide(
    summary:
      "All servers restart one after the other with another release of the protocol.",
    semantics:
      "Like a rolling restart, but each server comes back as the given release, and "
      + "stays it after the heal. Its journal is what the release before wrote; a release "
      + "that cannot read it must refuse to start, which is a finding. Going back to an "
      + "earlier release is possible. Messages in flight are delivered to whichever "
      + "release runs.",
    parameters: [
      "to: the release that is installed (default: 2)",
      "gap: the time from one server's return to the next one's restart (default: 50ms)",
    ])

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

  func begin(in world: inout some FaultTarget) {
    world.crash(node, losingPower: false)
    world.install(version: version, on: node)
  }

  func end(in world: inout some FaultTarget) throws(InvariantViolation) {
    try world.restart(node)
  }
}

public import ProtocolKit

/// One crash of a process that crashes again a short time after every restart.
///
/// A loop is planned as a row of these. Each is a plain crash: what was written survives.
public struct CrashLoopFault: FaultBehaviour, Hashable {
  static let guide = FaultGuide(
    summary:
      "A process crashes again and again, each time a short time after it restarted.",
    semantics:
      "Planned in advance as a row of plain crashes of one node: written records "
      + "survive, memory and timers do not. How long it is down and up is drawn for each "
      + "turn; lasts bounds the whole loop. A restart that a pause delays does not delay "
      + "the next crash.",
    parameters: [
      "down: the shortest and the longest time down",
      "up: the shortest and the longest time from a restart to the next crash",
    ])

  /// The victim.
  public let node: NodeID

  /// The fault in words.
  public var description: String { "crash \(node) in a loop" }

  var nodeDown: NodeID? { node }

  /// Creates one crash of a loop.
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

public import Determinism
public import ProtocolKit

/// Absorbs a leap second: a wall clock runs slow for a window, and is one second behind after it.
public struct LeapSmearFault: FaultBehaviour, Hashable {
  static let guide = FaultGuide(
    summary: "A wall clock runs slow for a while, so as to absorb one leap second.",
    semantics:
      "The second is spread evenly over the drawn duration (lasts), which must be at least "
      + "two seconds; the clock keeps the difference until the heal or time "
      + "synchronisation corrects it. The monotonic clock and with it all timers are "
      + "untouched.",
    parameters: [])

  /// The victim.
  public let node: NodeID
  /// Over how long the second is spread.
  public let window: Nanoseconds

  /// The fault in words.
  public var description: String { "the wall clock of \(node) smears a leap second over \(window)" }

  /// In the shortest window the clock runs at half its speed.
  public static let shortestWindow = Nanoseconds.seconds(2)

  /// Creates a smear; a window below the shortest one is lengthened to it.
  public init(node: NodeID, window: Nanoseconds) {
    self.node = node
    self.window = max(window, Self.shortestWindow)
  }

  func begin(in world: inout some FaultTarget) {
    world.slewWall(of: node, by: .seconds(-1), over: window)
  }

  func end(in world: inout some FaultTarget) {}
}

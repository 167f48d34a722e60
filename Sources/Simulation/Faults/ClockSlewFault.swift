public import Determinism
public import ProtocolKit

/// Corrects a wall clock gradually, at a bounded rate, by an amount that is reached exactly.
public struct ClockSlewFault: FaultBehaviour, Hashable {
  static let guide = FaultGuide(
    summary:
      "A wall clock is corrected gradually, faster or slower than true time at a "
      + "bounded rate.",
    semantics:
      "The wall clock gains or loses a fixed amount, spread evenly over the time the "
      + "fault lasts, and keeps it afterwards until the heal or time synchronisation "
      + "corrects it. It never jumps and never runs backwards. The monotonic clock and "
      + "with it all timers are untouched.",
    parameters: [
      "rate_ppb: the largest rate of the correction, in parts per billion"
    ])

  /// The victim.
  public let node: NodeID
  /// How much the wall clock gains; negative when it loses.
  public let amount: Nanoseconds
  /// Over how long.
  public let window: Nanoseconds

  /// The fault in words.
  public var description: String {
    "the wall clock of \(node) is slewed by \(amount) over \(window)"
  }

  /// Creates a slew; the window must be longer than what the clock loses.
  public init(node: NodeID, amount: Nanoseconds, window: Nanoseconds) {
    self.node = node
    self.amount = amount
    self.window = window
  }

  /// Draws the rate between its bounds, either sign.
  static func sample(
    at node: NodeID, rateMost: Int64, over window: Nanoseconds, _ draw: Draw
  ) -> ClockSlewFault {
    let rate = draw.between(Nanoseconds(-rateMost), Nanoseconds(rateMost)).count
    let amount = Int128(window.count) * Int128(rate) / 1_000_000_000
    return ClockSlewFault(node: node, amount: Nanoseconds(Int64(amount)), window: window)
  }

  func begin(in world: inout some FaultTarget) {
    world.slewWall(of: node, by: amount, over: window)
  }

  func end(in world: inout some FaultTarget) {}
}

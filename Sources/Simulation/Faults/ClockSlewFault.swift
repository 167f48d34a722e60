public import Determinism
public import ProtocolKit

/// Corrects a wall clock gradually, at a bounded rate, by an amount that is reached exactly.
public struct ClockSlewFault: NodeFaultType {
  static let name = "clock-slew"
  static let key: UInt64 = 48
  static let evidence = FaultEvidence.Effect.clockSlews
  static let drawn = [
    FaultParameter(
      "rate_ppb", as: .integer(0...500_000_000),
      meaning: "the largest rate of the correction, in parts per billion")
  ]
  static let scripted: [FaultParameter] = [
    .victim, FaultParameter("by", as: .signedDuration, meaning: "how much the wall clock gains"),
  ]
  static let guide = FaultGuide(
    summary:
      "A wall clock is corrected gradually, faster or slower than true time at a "
      + "bounded rate.",
    semantics:
      "The wall clock gains or loses a fixed amount, spread evenly over the time the "
      + "fault lasts, and keeps it afterwards until the heal or time synchronisation "
      + "corrects it. It never jumps and never runs backwards. The monotonic clock and "
      + "with it all timers are untouched.")

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
    at node: NodeID, rateMost: Int64, over window: Nanoseconds, by draw: Draw
  ) -> ClockSlewFault {
    let rate = draw.between(Nanoseconds(-rateMost), Nanoseconds(rateMost)).count
    let amount = Int128(window.count) * Int128(rate) / 1_000_000_000
    return ClockSlewFault(node: node, amount: Nanoseconds(Int64(amount)), window: window)
  }

  static func draw(at node: NodeID, on occasion: FaultOccasion, by draw: Draw) -> Self {
    sample(at: node, rateMost: occasion.values["rate_ppb"], over: occasion.time.lasts, by: draw)
  }

  static func script(at node: NodeID, as script: FaultScript) throws(FaultComplaint) -> Self {
    let amount: Nanoseconds = script.values["by"]
    guard amount > .zero - script.lasts else {
      throw FaultComplaint(
        message: "a clock cannot lose more time than the slew lasts", parameter: "by")
    }
    return Self(node: node, amount: amount, window: script.lasts)
  }

  var leavesTraces: Bool { true }

  func begin(in world: inout some FaultTarget) {
    world.slewWall(of: node, by: amount, over: window)
  }

  func end(in world: inout some FaultTarget) {}
}

extension Fault {
  /// A wall clock is corrected gradually.
  public static func clockSlew(_ fault: ClockSlewFault) -> Fault { Fault(fault) }
}

extension FaultKind {
  /// A wall clock is corrected gradually.
  public static let clockSlew = FaultKind(ClockSlewFault.self)
}

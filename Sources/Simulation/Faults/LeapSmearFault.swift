public import Determinism
public import ProtocolKit

/// Absorbs a leap second: a wall clock runs slow for a window, and is one second behind after it.
public struct LeapSmearFault: NodeFaultType {
  static let name = "leap-smear"
  static let key: UInt64 = 49
  static let evidence = FaultEvidence.Effect.clockSlews
  static let guide = FaultGuide(
    summary: "A wall clock runs slow for a while, so as to absorb one leap second.",
    semantics:
      "The second is spread evenly over the drawn duration (lasts), which must be at least "
      + "two seconds; the clock keeps the difference until the heal or time "
      + "synchronisation corrects it. The monotonic clock and with it all timers are "
      + "untouched.")

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

  static func validate(_ draft: FaultDraft) throws(FaultComplaint) {
    guard draft.shortest >= shortestWindow else { throw complaint(at: "lasts") }
  }

  static func draw(at node: NodeID, on occasion: FaultOccasion, by draw: Draw) -> Self {
    Self(node: node, window: occasion.time.drawn)
  }

  static func script(at node: NodeID, as script: FaultScript) throws(FaultComplaint) -> Self {
    guard script.lasts >= shortestWindow else { throw complaint(at: "for") }
    return Self(node: node, window: script.lasts)
  }

  private static func complaint(at parameter: String) -> FaultComplaint {
    FaultComplaint(
      message: "a leap second is smeared over at least two seconds", parameter: parameter)
  }

  var leavesTraces: Bool { true }

  func begin(in world: inout some FaultTarget) {
    world.slewWall(of: node, by: .seconds(-1), over: window)
  }

  func end(in world: inout some FaultTarget) {}
}

extension Fault {
  /// A wall clock absorbs a leap second.
  public static func leapSmear(_ fault: LeapSmearFault) -> Fault { Fault(fault) }
}

extension FaultKind {
  /// A wall clock absorbs a leap second.
  public static let leapSmear = FaultKind(LeapSmearFault.self)
}

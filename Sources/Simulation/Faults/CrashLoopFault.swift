public import Determinism
public import ProtocolKit

/// One crash of a process that crashes again a short time after every restart.
///
/// A loop is planned as a row of these. Each is a plain crash: what was written survives.
public struct CrashLoopFault: FaultType {
  static let name = "crash-loop"
  static let key: UInt64 = 42
  static let evidence = FaultEvidence.Effect.restarts
  static let drawn = [
    FaultParameter("down", as: .span, meaning: "the shortest and the longest time down"),
    FaultParameter(
      "up", as: .span,
      meaning: "the shortest and the longest time from a restart to the next crash"),
  ]
  static let scripted: [FaultParameter] = [
    .victim, FaultParameter("down", as: .duration, meaning: "the time down"),
    FaultParameter("up", as: .duration, meaning: "the time from a restart to the next crash"),
  ]
  static let guide = FaultGuide(
    summary:
      "A process crashes again and again, each time a short time after it restarted.",
    semantics:
      "Planned in advance as a row of plain crashes of one node: written records "
      + "survive, memory and timers do not. How long it is down and up is drawn for each "
      + "turn; lasts bounds the whole loop. A restart that a pause delays does not delay "
      + "the next crash.")

  /// The victim.
  public let node: NodeID

  /// The fault in words.
  public var description: String { "crash \(node) in a loop" }

  var nodeDown: NodeID? { node }

  /// Creates one crash of a loop.
  public init(node: NodeID) {
    self.node = node
  }

  static func draw(_ occasion: FaultOccasion, by draw: Draw) -> [FaultPlan.Entry] {
    let time = occasion.time
    return occasion.victims(draw.purpose(1)).flatMap { node in
      FaultPlan.Entry.crashLoop(
        of: node, from: time.begins, to: time.begins + time.lasts, occasion.values["down"],
        occasion.values["up"], draw.purpose(2))
    }
  }

  static func script(_ script: FaultScript) -> [FaultPlan.Entry] {
    let (down, up): (Nanoseconds, Nanoseconds) = (script.values["down"], script.values["up"])
    let end = min(script.begins + script.lasts, script.chaosEnds)
    return FaultPlan.Entry.crashLoop(
      of: script.victim, from: script.begins, to: end, down...down, up...up,
      Randomness(seed: 0).draw(.faultPlan))
  }

  var victims: [NodeID] { [node] }

  func begin(in world: inout some FaultTarget) {
    world.crash(node, losingPower: false)
  }

  func end(in world: inout some FaultTarget) throws(InvariantViolation) {
    try world.restart(node)
  }
}

extension FaultPlan.Entry {
  /// Crashes of one node until an end, with drawn times down and up.
  public static func crashLoop(
    of node: NodeID, from begin: Instant, to end: Instant, _ down: ClosedRange<Nanoseconds>,
    _ up: ClosedRange<Nanoseconds>, _ draw: Draw
  ) -> [FaultPlan.Entry] {
    var begins = begin
    var entries: [FaultPlan.Entry] = []
    for turn in UInt64(0)..<1_000 where begins < end {
      let down = max(draw.purpose(2 * turn).between(down), Nanoseconds(1))
      entries.append(
        FaultPlan.Entry(
          begins: begins, lasts: min(down, end - begins),
          fault: .crashLoop(CrashLoopFault(node: node))))
      begins = begins + down + max(draw.purpose(2 * turn + 1).between(up), Nanoseconds(1))
    }
    return entries
  }
}

extension Fault {
  /// A process crashes again after each restart.
  public static func crashLoop(_ fault: CrashLoopFault) -> Fault { Fault(fault) }
}

extension FaultKind {
  /// A process crashes again after each restart.
  public static let crashLoop = FaultKind(CrashLoopFault.self)
}

public import Determinism
public import ProtocolKit

/// Keeps a node from synchronising its wall clock, or makes it follow a false source.
public struct TimeSyncFailureFault: NodeFaultType {
  static let name = "time-sync-failure"
  static let key: UInt64 = 50
  static let evidence = FaultEvidence.Effect.clockSyncsSpoilt
  static let drawn = [
    FaultParameter(
      "false_by", as: .duration, absence: .none("no source answers"),
      meaning: "how far the false source is off at the most, either way")
  ]
  static let scripted: [FaultParameter] = [
    .victim,
    FaultParameter(
      "false_by", as: .signedDuration, absence: .none("no source answers"),
      meaning: "how far the false source is off"),
  ]
  static let guide = FaultGuide(
    summary:
      "A node's time synchronisation stops, or follows a source that is wrong.",
    semantics:
      "Without a false source the daemon gets no answer, and the wall clock drifts on "
      + "freely. With one it disciplines the wall clock towards a time that is off by a "
      + "fixed amount. Afterwards it corrects the clock at the next interval. Nothing "
      + "happens in a world without time synchronisation (clocks.sync).")

  /// The victim.
  public let node: NodeID
  /// How far the source is off; nil when none answers.
  public let falseBy: Nanoseconds?

  /// The fault in words.
  public var description: String {
    falseBy.map { "\(node) synchronises with a source that is off by \($0)" }
      ?? "\(node) cannot synchronise its wall clock"
  }

  /// Creates a failure of time synchronisation.
  public init(node: NodeID, falseBy: Nanoseconds?) {
    self.node = node
    self.falseBy = falseBy
  }

  static func draw(at node: NodeID, on occasion: FaultOccasion, by draw: Draw) -> Self {
    let most: Nanoseconds? = occasion.values[optional: "false_by"]
    return Self(node: node, falseBy: most.map { draw.between(.zero - $0, $0) })
  }

  static func script(at node: NodeID, as script: FaultScript) -> Self {
    Self(node: node, falseBy: script.values[optional: "false_by"])
  }

  var leavesTraces: Bool { true }

  func begin(in world: inout some FaultTarget) {
    world.spoilSync(of: node, offBy: falseBy)
  }

  func end(in world: inout some FaultTarget) {
    world.restoreSync(of: node, offBy: falseBy)
  }
}

extension Fault {
  /// Time synchronisation fails.
  public static func timeSyncFailure(_ fault: TimeSyncFailureFault) -> Fault { Fault(fault) }
}

extension FaultKind {
  /// Time synchronisation fails.
  public static let timeSyncFailure = FaultKind(TimeSyncFailureFault.self)
}

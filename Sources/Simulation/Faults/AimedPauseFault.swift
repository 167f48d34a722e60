import ProtocolKit

/// Pauses a process right after a handler that reached a mark: between a check and its use.
///
/// The trigger is armed while the fault lasts. What the handler asked for is carried out first; then
/// the process stands still for a drawn time, even beyond the end of the fault.
public struct AimedPauseFault: AimedFaultType {
  static let name = "aimed-pause"
  static let key: UInt64 = 40
  static let evidence = FaultEvidence.Effect.aimedPauses
  static let drawn =
    Aim.parameters + [
      FaultParameter("pause", as: .span, meaning: "the shortest and the longest pause")
    ]
  static let guide = FaultGuide(
    summary:
      "A process stops right after a handler that reached a mark, for a drawn time.",
    semantics:
      "While the fault lasts, each time a process reaches the mark a draw decides "
      + "whether it is paused. The handler ends first, and its messages leave; then the "
      + "process stands still as in a pause, for a drawn time that may outlast the fault. "
      + "Nothing happens if the mark is not reached.")

  /// When a process stops, and for how long.
  public let aim: Aim

  /// The fault in words.
  public var description: String { "pauses aimed at \(aim.mark)" }

  /// Creates a pause aimed at a mark.
  public init(aim: Aim) {
    self.aim = aim
  }

  init(_ values: ParameterValues, nodes: [NodeID]) {
    aim = Aim(
      mark: values["after"], nodes: nodes, probability: values["probability"], deed: .pause,
      lasts: values["pause"])
  }

  var predicate: String? {
    "makes \(NodeID.enumerate(aim.nodes, with: "or")) stand still right after \(aim.mark)"
  }
}

extension Fault {
  /// A process stops right after it reached a mark.
  public static func aimedPause(_ fault: AimedPauseFault) -> Fault { Fault(fault) }
}

extension FaultKind {
  /// A process stops right after it reached a mark.
  public static let aimedPause = FaultKind(AimedPauseFault.self)
}

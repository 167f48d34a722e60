import ProtocolKit

/// Kills a process right after a handler that reached a mark: between a promise and the disk.
///
/// The trigger is armed while the fault lasts. The process dies as in a crash, or its machine loses
/// power, and it starts again after a drawn time, even beyond the end of the fault.
public struct AimedCrashFault: AimedFaultType {
  static let name = "aimed-crash"
  static let key: UInt64 = 52
  static let evidence = FaultEvidence.Effect.aimedCrashes
  static let drawn =
    Aim.parameters + [
      FaultParameter("down", as: .span, meaning: "the shortest and the longest time down"),
      FaultParameter(
        "power", as: .flag, absence: .standard(.flag(false), "false"),
        meaning: "whether what was not synced is lost as well"),
    ]
  static let guide = FaultGuide(
    summary:
      "A process dies right after a handler that reached a mark, and starts again after a drawn time.",
    semantics:
      "While the fault lasts, each time a process reaches the mark a draw decides "
      + "whether it dies. The handler ends first, and its messages leave; then the "
      + "process dies as in a crash, or with power as in a power loss, for a drawn time that "
      + "may outlast the fault. It is not counted by max_down. Nothing happens if the mark is "
      + "not reached.")

  /// When a process dies, and for how long.
  public let aim: Aim

  /// The fault in words.
  public var description: String {
    "\(aim.deed == .crash ? "crashes" : "power losses") aimed at \(aim.mark)"
  }

  /// Creates a crash or power loss aimed at a mark.
  public init(aim: Aim) {
    self.aim = aim
  }

  init(_ values: ParameterValues, nodes: [NodeID]) {
    let losesPower: Bool = values["power"]
    aim = Aim(
      mark: values["after"], nodes: nodes, probability: values["probability"],
      deed: losesPower ? .powerLoss : .crash, lasts: values["down"])
  }

  var predicate: String? {
    let what = aim.deed == .crash ? "kills the process of" : "takes the power from"
    return "\(what) \(NodeID.enumerate(aim.nodes, with: "or")) right after \(aim.mark)"
  }
}

extension Fault {
  /// A process dies right after it reached a mark.
  public static func aimedCrash(_ fault: AimedCrashFault) -> Fault { Fault(fault) }
}

extension FaultKind {
  /// A process dies right after it reached a mark.
  public static let aimedCrash = FaultKind(AimedCrashFault.self)
}

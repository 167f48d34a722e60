public import Determinism
public import ProtocolKit

/// Pauses a process right after a handler that reached a mark: between a check and its use.
///
/// The trigger is armed while the fault lasts. What the handler asked for is carried out first; then
/// the process stands still for a drawn time, even beyond the end of the fault.
public struct AimedPauseFault: FaultType {
  static let name = "aimed-pause"
  static let key: UInt64 = 40
  static let evidence = FaultEvidence.Effect.aimedPauses
  static let drawn =
    Aim.parameters + [
      FaultParameter("pause", as: .span, meaning: "the shortest and the longest pause")
    ]
  static let scripted = drawn + [Aim.target]
  static let guide = FaultGuide(
    summary:
      "A process stops right after a handler that reached a mark, for a drawn time.",
    semantics:
      "While the fault lasts, each time a process reaches the mark a draw decides "
      + "whether it is paused. The handler ends first, and its messages leave; then the "
      + "process stands still as in a pause, for a drawn time that may outlast the fault. "
      + "Nothing happens if the mark is not reached.")

  /// The mark after which a process stops.
  public let mark: String
  /// Who can be hit.
  public let nodes: [NodeID]
  /// How often reaching the mark leads to a pause.
  public let probability: Ratio
  /// The shortest and the longest pause.
  public let lasts: ClosedRange<Nanoseconds>

  /// The fault in words.
  public var description: String { "pauses aimed at \(mark)" }

  /// Creates a pause aimed at a mark.
  public init(mark: String, nodes: [NodeID], probability: Ratio, lasts: ClosedRange<Nanoseconds>) {
    self.mark = mark
    self.nodes = nodes
    self.probability = probability
    self.lasts = lasts
  }

  static func draw(_ occasion: FaultOccasion, by draw: Draw) -> [FaultPlan.Entry] {
    [occasion.entry(Self(occasion.values, nodes: occasion.entry.victims))]
  }

  static func script(_ script: FaultScript) -> [FaultPlan.Entry] {
    let nodes: [NodeID] = script.values[optional: "nodes"] ?? script.cluster.servers
    return [script.entry(Self(script.values, nodes: nodes))]
  }

  private init(_ values: ParameterValues, nodes: [NodeID]) {
    self.init(
      mark: values["after"], nodes: nodes, probability: values["probability"],
      lasts: values["pause"])
  }

  private var aim: Aim {
    Aim(mark: mark, nodes: nodes, probability: probability, deed: .pause, lasts: lasts)
  }

  var predicate: String? {
    "makes \(NodeID.enumerate(nodes, with: "or")) stand still right after \(mark)"
  }

  var leavesTraces: Bool { true }

  func begin(in world: inout some FaultTarget) {
    world.arm(aim)
  }

  func end(in world: inout some FaultTarget) {
    world.disarm(aim)
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

public import Determinism
public import ProtocolKit

/// What happens to a process right after a handler that reached a mark, while a fault lasts.
///
/// What the handler asked for is carried out first. The places where a protocol is most easily hurt lie
/// between two of its steps, and chance hardly ever hits them.
public struct Aim: Hashable, Sendable {
  /// What happens to the process.
  public enum Deed: Hashable, Sendable {
    /// It stands still.
    case pause
    /// It dies; what it wrote survives.
    case crash
    /// Its machine loses power.
    case powerLoss
  }

  /// The mark.
  public let mark: String
  /// Who can be hit.
  public let nodes: [NodeID]
  /// How often reaching the mark leads to it.
  public let probability: Ratio
  /// What happens.
  public let deed: Deed
  /// The shortest and the longest time until the process runs on.
  public let lasts: ClosedRange<Nanoseconds>

  /// Creates an aim.
  public init(
    mark: String, nodes: [NodeID], probability: Ratio, deed: Deed, lasts: ClosedRange<Nanoseconds>
  ) {
    self.mark = mark
    self.nodes = nodes
    self.probability = probability
    self.deed = deed
    self.lasts = lasts
  }

  /// The parameters that every fault with an aim has beside what it does.
  static let parameters = [
    FaultParameter("after", as: .mark, meaning: "the mark, such as leader-elected"),
    FaultParameter(
      "probability", as: .ratio, absence: .standard(.ratio(.percent(100)), "always"),
      meaning: "how often reaching it leads to it"),
  ]
  /// Who can be hit, as a script says it.
  static let target = FaultParameter(
    "nodes", as: .nodes, absence: .none("all servers"), meaning: "who can be hit")
}

/// A kind of fault that lets something happen to processes that reach a mark.
protocol AimedFaultType: FaultType {
  /// What happens, to whom and when.
  var aim: Aim { get }
  /// Reads what happens from the parameters of a profile or script.
  init(_ values: ParameterValues, nodes: [NodeID])
}

extension AimedFaultType {
  static var scripted: [FaultParameter] { drawn + [Aim.target] }

  static func draw(_ occasion: FaultOccasion, by draw: Draw) -> [FaultPlan.Entry] {
    [occasion.entry(Self(occasion.values, nodes: occasion.entry.victims))]
  }

  static func script(_ script: FaultScript) -> [FaultPlan.Entry] {
    let nodes: [NodeID] = script.values[optional: "nodes"] ?? script.cluster.servers
    return [script.entry(Self(script.values, nodes: nodes))]
  }

  /// Who was hit last may still stand still, or be down, when the fault has ended.
  var leavesTraces: Bool { true }

  func begin(in world: inout some FaultTarget) {
    world.arm(aim)
  }

  func end(in world: inout some FaultTarget) {
    world.disarm(aim)
  }
}

public import Determinism
public import ProtocolKit

/// When a sampled fault happens.
struct FaultTime {
  /// When it begins.
  let begins: Instant
  /// How long it was drawn to last.
  let drawn: Nanoseconds
  /// When no fault may last any longer.
  let end: Instant
  /// The shortest and the longest it lasts.
  let bounds: ClosedRange<Nanoseconds>

  /// How long it lasts before everything ends.
  var lasts: Nanoseconds { min(drawn, end - begins) }
}

/// What an occurrence is drawn from.
struct FaultOccasion {
  /// What the profile says about the kind.
  let entry: FaultProfile.Entry
  /// Who is there.
  let cluster: ClusterShape
  /// Who fails together.
  let domains: [[NodeID]]
  /// When it happens.
  let time: FaultTime

  /// What the profile says for each parameter.
  var values: ParameterValues { entry.parameters.values }

  /// One possible victim, or all in one domain if the profile says so.
  func victims(_ draw: Draw) -> [NodeID] {
    guard FaultScope(of: values) == .domain else {
      return draw.element(of: entry.victims).map { [$0] } ?? []
    }
    let hit = domains.map { $0.filter(entry.victims.contains) }.filter { !$0.isEmpty }
    return draw.element(of: hit) ?? []
  }

  /// A fault for the whole time, as an entry of a plan.
  func entry(_ fault: some FaultType) -> FaultPlan.Entry {
    FaultPlan.Entry(begins: time.begins, lasts: time.lasts, fault: Fault(fault))
  }
}

/// What a scenario says about a kind before anything is drawn.
public struct FaultDraft: Hashable, Sendable {
  /// The parameters.
  public let values: ParameterValues
  /// The shortest that it lasts.
  public let shortest: Nanoseconds
  /// Who is there.
  public let cluster: ClusterShape
  /// Who fails together.
  public let domains: [[NodeID]]
  /// How many servers of one group may be down at the same time.
  public let maxDown: DownBudget

  /// Creates a draft.
  public init(
    values: ParameterValues, shortest: Nanoseconds, cluster: ClusterShape, domains: [[NodeID]],
    maxDown: DownBudget
  ) {
    self.values = values
    self.shortest = shortest
    self.cluster = cluster
    self.domains = domains
    self.maxDown = maxDown
  }
}

/// What a script says about one fault.
public struct FaultScript: Hashable, Sendable {
  /// The parameters.
  public let values: ParameterValues
  /// When it begins.
  public let begins: Instant
  /// How long it lasts.
  public let lasts: Nanoseconds
  /// When no fault may last any longer.
  public let chaosEnds: Instant
  /// Who is there.
  public let cluster: ClusterShape

  /// Creates the fault of a script.
  public init(
    values: ParameterValues, begins: Instant, lasts: Nanoseconds, chaosEnds: Instant,
    cluster: ClusterShape
  ) {
    self.values = values
    self.begins = begins
    self.lasts = lasts
    self.chaosEnds = chaosEnds
    self.cluster = cluster
  }

  /// The node that it hits.
  var victim: NodeID { values["node"] }

  /// A fault for the whole time, as an entry of a plan.
  func entry(_ fault: some FaultType) -> FaultPlan.Entry {
    FaultPlan.Entry(begins: begins, lasts: lasts, fault: Fault(fault))
  }
}

/// How much a fault of a node hits at once.
enum FaultScope: String, CaseIterable {
  /// One node.
  case node
  /// Every possible victim in one failure domain.
  case domain

  /// The parameter of the kinds that know domains.
  static let parameter = FaultParameter(
    "scope", as: .name(noun: "scope", among: allCases.map(\.rawValue)),
    absence: .standard(.text(node.rawValue), node.rawValue),
    meaning: "node, or domain for all possible victims in one of faults.domains")

  /// What a profile says; kinds without the parameter hit one node.
  init(of values: ParameterValues) {
    self = values[optional: Self.parameter.name].flatMap(Self.init(rawValue:)) ?? .node
  }

  /// Refuses domains where there are none, or only such as the injector could never hit.
  static func validate(_ draft: FaultDraft, countsAsDown: Bool) throws(FaultComplaint) {
    guard FaultScope(of: draft.values) == .domain else { return }
    guard !draft.domains.isEmpty else {
      throw FaultComplaint(
        message: "scope \"domain\" needs domains", hint: domainsHint, parameter: parameter.name)
    }
    let isPossible = draft.domains.contains { !draft.cluster.exceeds(draft.maxDown, $0) }
    guard !countsAsDown || isPossible else {
      throw FaultComplaint(
        message: "every domain has more servers than may be down",
        hint: "max_down is \(draft.maxDown)", parameter: parameter.name)
    }
  }

  /// How domains are written.
  static let domainsHint = "such as domains: [[\"n1\", \"n2\"], [\"n3\"]] under faults"
}

extension Draw {
  /// A span between two bounds, both possible.
  func between(_ bounds: ClosedRange<Nanoseconds>) -> Nanoseconds {
    between(bounds.lowerBound, bounds.upperBound)
  }
}

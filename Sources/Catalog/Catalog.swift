public import Text
public import Exploration
public import Scenarios

/// Everything that scenarios can name, and the only place that pairs concrete types.
public enum OrreryCatalog {
  /// A protocol that a scenario can put under test.
  public struct ProtocolEntry: Sendable {
    /// The name that scenarios use.
    public let name: String
    /// What it is, in one sentence.
    public let summary: String
    /// The known bugs that can be switched on.
    public let defects: [String]
    /// The rules that are checked after every event.
    public let invariants: [String]
    /// The workloads that its clients can run.
    public let workloads: [String]
    let makeExperiment:
      @Sendable (Scenario, _ planted: [String]) throws(ScenarioError) -> Experiment
  }

  /// Every protocol, in the order in which lists should show them.
  public static let protocols: [ProtocolEntry] = [.raft, .locks, .coordination, .redlock, .plans]

  /// Turns a scenario into something that runs, with known bugs planted on top of its own.
  public static func experiment(
    for scenario: Scenario, planting defects: [String] = []
  ) throws(ScenarioError) -> Experiment {
    try entry(for: scenario).makeExperiment(scenario, defects)
  }

  /// The protocol that a scenario puts under test.
  public static func entry(for scenario: Scenario) throws(ScenarioError) -> ProtocolEntry {
    let value = scenario.system.protocolValue
    let name = try value.choice(of: "protocol", among: protocols.map(\.name))
    guard let entry = protocols.first(where: { $0.name == name }) else {
      throw value.failure("unknown protocol")
    }
    return entry
  }
}

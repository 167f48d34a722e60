public import Exploration
public import Scenarios
public import Text

extension [System] {
  /// The system that a scenario puts under test; an error with a suggestion if there is none.
  public func system(of scenario: Scenario) throws(ScenarioError) -> System {
    let value = scenario.system.protocolValue
    let name = try value.choice(of: "protocol", among: map(\.name))
    guard let system = first(where: { $0.name == name }) else {
      throw value.failure("unknown protocol")
    }
    return system
  }

  /// Turns a scenario into something that runs, with known bugs planted on top of its own.
  public func experiment(
    for scenario: Scenario, planting defects: [String] = []
  ) throws(ScenarioError) -> Experiment {
    try system(of: scenario).experiment(for: scenario, planting: defects)
  }
}

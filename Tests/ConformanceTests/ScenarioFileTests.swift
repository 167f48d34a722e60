import Text
import Catalog
import Exploration
import Scenarios
import Simulation
import Testing
import Traces

/// Every file in `Scenarios/` is a test.
@Suite struct ScenarioFileTests {
  /// How many seeds a clean scenario gets here; release sweeps give it thousands.
  private let cleanSeeds: ClosedRange<UInt64> = 1...5

  @Test(arguments: Repository.files(in: "Scenarios", suffix: ".json5"))
  func `a scenario shows what it expects`(path: String) throws {
    let scenario = try Repository.scenario(path)
    let experiment = try OrreryCatalog.experiment(for: scenario)
    switch scenario.expectation {
    case .clean:
      for seed in cleanSeeds {
        let outcome = experiment.run(seed: seed).outcome
        #expect(
          outcome.finding == nil,
          "orrery replay \(scenario.name)@\(seed) shows \(outcome.finding.debugDescription)")
        #expect(outcome.operations.ok > 0, "orrery run \(scenario.name) --seed \(seed)")
      }
    case .finding(let properties, _):
      // Golden runs of such a scenario are witnesses; release sweeps find it from random seeds.
      let seeds = try Repository.goldenRuns().filter { $0.scenario == scenario.name }.map(\.seed)
      #expect(!seeds.isEmpty, "record a witness: orrery replay \(scenario.name)@SEED --record")
      for seed in seeds {
        let finding = experiment.run(seed: seed).outcome.finding
        #expect(
          finding.map { properties.contains($0.property) } == true,
          "orrery replay \(scenario.name)@\(seed) shows \(finding.debugDescription)")
      }
    }
  }

  @Test(arguments: Repository.files(in: "Scenarios", suffix: ".json5"))
  func `a defect scenario is clean without its defect`(path: String) throws {
    guard path.contains("defects/") else { return }
    let text = try Repository.text("Scenarios/\(path)").split(separator: "\n")
      .filter { !$0.contains("defects: [") }.joined(separator: "\n")
    let scenario = try Scenario(SourceText(text, file: path))
    let experiment = try OrreryCatalog.experiment(for: scenario)
    for seed in UInt64(1)...8 {
      let finding = experiment.run(seed: seed).outcome.finding
      #expect(finding == nil, "seed \(seed) of \(path) without its defect: \(finding as Any)")
    }
  }

  @Test func `every known bug of every protocol has a scenario`() {
    let paths = Repository.files(in: "Scenarios", suffix: ".json5")
    for entry in OrreryCatalog.protocols {
      for defect in entry.defects {
        let isThere = paths.contains { $0.hasSuffix("/defects/\(defect).json5") }
        #expect(isThere, "\(entry.name): \(defect)")
      }
    }
  }
}

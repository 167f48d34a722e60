import Text
import Catalog
import SystemKit
import Exploration
import Scenarios
import Simulation
import TestKit
import Testing

/// Every file in `Scenarios/` is a test.
@Suite struct ScenarioFileTests {
  @Test(arguments: Repository.files(in: "Scenarios", suffix: ".json5"))
  func `a scenario is read, and stays clean if nothing is said to break`(path: String) throws {
    let scenario = try Repository.scenario(path)
    let experiment = try OrreryCatalog.systems.experiment(for: scenario)
    // Golden runs witness the findings of the others; release sweeps find them from random seeds,
    // and give the clean ones thousands of seeds.
    guard scenario.expectation == .clean else { return }
    let outcome = experiment.run(seed: 2).outcome
    #expect(
      outcome.finding == nil,
      "orrery replay \(scenario.name)@2 shows \(outcome.finding.debugDescription)")
    #expect(outcome.operations.ok > 0, "orrery run \(scenario.name) --seed 2")
  }

  @Test func `every known bug of every protocol has a scenario`() {
    let paths = Repository.files(in: "Scenarios", suffix: ".json5")
    for entry in OrreryCatalog.systems {
      for defect in entry.defects {
        let isThere = paths.contains { $0.hasSuffix("/defects/\(defect).json5") }
        #expect(isThere, "\(entry.name): \(defect)")
      }
    }
  }
}

/// Without its defect a scenario finds nothing: what it finds is the defect's doing.
@Suite(.enabled(if: isAuditing)) struct DefectAudits {
  @Test(arguments: Repository.files(in: "Scenarios", suffix: ".json5"))
  func `a defect scenario is clean without its defect`(path: String) throws {
    guard path.contains("defects/") else { return }
    let scenario = try Scenario(
      SourceText(try Repository.text("Scenarios/\(path)"), file: path),
      settings: [ScenarioSetting(name: "system.defects", text: "[]")])
    let experiment = try OrreryCatalog.systems.experiment(for: scenario)
    for seed in UInt64(1)...8 {
      let finding = experiment.run(seed: seed).outcome.finding
      #expect(finding == nil, "seed \(seed) of \(path) without its defect: \(finding as Any)")
    }
  }
}

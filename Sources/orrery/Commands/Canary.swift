import Catalog
import Reporting
import Scenarios

/// Plants known bugs in a campaign's own scenarios: a campaign that misses them proves nothing.
struct Canary {
  /// What came of planting bugs in one scenario.
  struct Result: Encodable {
    let kind = "canary"
    let scenario: String
    /// The planted bug that was found first, if any was.
    let found: String?
    /// The property that showed it.
    let property: String?
    let runs: UInt64
  }

  /// How many runs a scenario gets to find a planted bug.
  static let runLimit: UInt64 = 500

  let files: [ScenarioFile]
  let seeds: Campaign.Seeds

  /// Runs each scenario with one known bug after the other until one is found.
  func run() throws(CommandFailure) -> [Result] {
    let worker = try Companion(.init(name: "canary"), files)
    var results: [Result] = []
    for number in files.indices { results.append(try run(number, worker)) }
    return results
  }

  private func run(_ number: Int, _ worker: Companion) throws(CommandFailure) -> Result {
    let scenario = files[number].scenario
    let defects = (try? OrreryCatalog.entry(for: scenario))?.defects ?? []
    var runs: UInt64 = 0
    while runs < Self.runLimit, !defects.isEmpty, !Interrupt.isRequested {
      let defect = defects[Int(runs) % defects.count]
      guard let seed = seeds.seed(runs) else { break }
      runs += 1
      guard case .answered(let line) = try worker.canary(defect, of: number, seed),
        let report = StableJSON.read(line, as: RunReport.self)
      else { throw CommandFailure("orrery: a worker died with a planted bug\n", .internalError) }
      if let finding = report.finding {
        return Result(
          scenario: scenario.name, found: defect, property: finding.property, runs: runs)
      }
    }
    return Result(scenario: scenario.name, found: nil, property: nil, runs: runs)
  }
}

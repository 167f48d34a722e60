/// Plants known bugs in a campaign's own scenarios: a campaign that misses them proves nothing.
public struct Canary: Sendable {
  /// What came of planting bugs in one scenario.
  public struct Result: Hashable, Sendable {
    /// The scenario's name.
    public let scenario: String
    /// The planted bug that was found first, or nil if none was.
    public let defect: String?
    /// The property that it broke.
    public let property: String?
    /// How many runs it took.
    public let runs: UInt64
  }

  /// How many runs a scenario gets to find a planted bug.
  public static let runLimit: UInt64 = 500

  private let scenarios: [ScenarioUnderTest]
  private let seeds: CampaignSeeds

  /// Creates a canary for the scenarios of a campaign.
  public init(_ scenarios: [ScenarioUnderTest], seeds: CampaignSeeds) {
    self.scenarios = scenarios
    self.seeds = seeds
  }

  /// Runs each scenario with one known bug after the other until one is found or `isEnough`.
  ///
  /// A worker that dies of a planted bug has found it; `makeWorker` starts the next one.
  public func run<Pool>(
    isEnough: () -> Bool, makeWorker: () throws(Pool.Failure) -> SoleWorker<Pool>
  ) throws(Pool.Failure) -> [Result] {
    var results: [Result] = []
    for number in scenarios.indices {
      var worker = try makeWorker()
      results.append(try run(number, isEnough, &worker))
    }
    return results
  }

  private func run<Pool>(
    _ number: Int, _ isEnough: () -> Bool, _ worker: inout SoleWorker<Pool>
  ) throws(Pool.Failure) -> Result {
    let name = scenarios[number].experiment.name
    let defects = scenarios[number].defects
    var runs: UInt64 = 0
    while runs < Self.runLimit, !defects.isEmpty, !isEnough(), let seed = seeds.seed(runs) {
      let defect = defects[Int(runs) % defects.count]
      runs += 1
      let outcome: Outcome
      switch try worker.outcome(of: number, seed: seed, planting: defect) {
      case .answered(let answer): outcome = answer
      case .died(let signal): outcome = Outcome(trapIn: name, seed: seed, signal: signal)
      }
      if let finding = outcome.finding {
        return Result(scenario: name, defect: defect, property: finding.property, runs: runs)
      }
    }
    return Result(scenario: name, defect: nil, property: nil, runs: runs)
  }
}

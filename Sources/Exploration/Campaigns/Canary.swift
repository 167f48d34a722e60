/// Plants known bugs in a campaign's own scenarios: a campaign that misses them proves nothing.
public struct Canary: Sendable {
  /// What came of planting one bug in one scenario.
  public struct Result: Hashable, Sendable {
    /// The scenario's name.
    public let scenario: String
    /// The planted bug.
    public let defect: String
    /// The property that it broke, or nil if it was not found.
    public let property: String?
    /// How many runs it took.
    public let runs: UInt64
  }

  /// How many runs a scenario gets to find a planted bug.
  public static let runLimit: UInt64 = 2_000

  private let scenarios: [ScenarioUnderTest]
  private let seeds: CampaignSeeds

  /// Creates a canary for the scenarios of a campaign.
  public init(_ scenarios: [ScenarioUnderTest], seeds: CampaignSeeds) {
    self.scenarios = scenarios
    self.seeds = seeds
  }

  /// Plants every known bug of every scenario in turn, and runs until it is found or `isEnough`.
  ///
  /// A worker that dies of a planted bug has found it; `makeWorker` starts the next one.
  public func run<Pool>(
    isEnough: () -> Bool, makeWorker: () throws(Pool.Failure) -> SoleWorker<Pool>,
    receive: (Result) -> Void
  ) throws(Pool.Failure) {
    for number in scenarios.indices {
      var worker = try makeWorker()
      for defect in scenarios[number].defects where !isEnough() {
        let result = try run(number, planting: defect, isEnough, &worker)
        if result.property == Self.trap { worker = try makeWorker() }
        receive(result)
      }
    }
  }

  private static let trap = "no-trap"

  private func run<Pool>(
    _ number: Int, planting defect: String, _ isEnough: () -> Bool, _ worker: inout SoleWorker<Pool>
  ) throws(Pool.Failure) -> Result {
    let name = scenarios[number].experiment.name
    var runs: UInt64 = 0
    while runs < Self.runLimit, !isEnough(), let seed = seeds.seed(runs) {
      runs += 1
      let property: String? =
        switch try worker.outcome(of: number, seed: seed, planting: defect) {
        case .answered(let outcome): outcome.finding?.property
        case .died: Self.trap
        }
      if let property {
        return Result(scenario: name, defect: defect, property: property, runs: runs)
      }
    }
    return Result(scenario: name, defect: defect, property: nil, runs: runs)
  }
}

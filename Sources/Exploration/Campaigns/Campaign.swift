/// The seeds of a campaign, spread over workers; a worker that dies is a finding.
public struct Campaign<Pool: WorkerPool> {
  /// How many runs a worker knows ahead; enough to keep it busy while the campaign sleeps.
  private static var lookahead: Int { 4 }

  private struct Worker {
    let number: Int
    var runs: [CampaignRun] = []
    var isDismissed = false
  }

  private let scenarios: [String]
  private let seeds: CampaignSeeds
  private let runLimit: UInt64
  private var pool: Pool
  private var workers: [Worker] = []
  /// Runs that were taken from a worker that died on an earlier one.
  private var returned: [CampaignRun] = []
  private var nextOrdinal: UInt64 = 0
  private var isStopping = false

  /// Creates a campaign of at most `runLimit` runs, each of the named scenarios in turn.
  public init(
    of scenarios: [String], seeds: CampaignSeeds, runLimit: UInt64, workers count: Int,
    in pool: Pool
  ) throws(Pool.Failure) {
    precondition(!scenarios.isEmpty && count > 0, "a campaign needs a scenario and a worker")
    self.scenarios = scenarios
    self.seeds = seeds
    self.runLimit = runLimit
    self.pool = pool
    for _ in 0..<count { workers.append(Worker(number: try self.pool.start())) }
  }

  /// Runs until the seeds are used up or `isEnough` says so; hands out every outcome as it comes.
  public mutating func run(
    isEnough: () -> Bool, receive: (Outcome, CampaignRun) -> Void
  ) throws(Pool.Failure) {
    while !workers.isEmpty {
      if !isStopping, isEnough() { stop() }
      for index in workers.indices { assign(to: index) }
      for event in try pool.wait() {
        switch event {
        case .answered(let worker, .outcome(let outcome)):
          let run = workers[place(of: worker)].runs.removeFirst()
          if !isStopping { receive(outcome, run) }
        case .answered: preconditionFailure("a worker answered what it was not asked")
        case .left(let worker): workers.remove(at: place(of: worker))
        case .died(let worker, let signal): try bury(worker, signal, receive)
        }
      }
    }
  }

  /// Ends every worker; the runs that they are at do not count.
  private mutating func stop() {
    isStopping = true
    pool.stop()
  }

  private func place(of worker: Int) -> Int {
    guard let place = workers.firstIndex(where: { $0.number == worker }) else {
      preconditionFailure("news of worker \(worker), which has ended")
    }
    return place
  }

  private mutating func nextRun() -> CampaignRun? {
    if let run = returned.popLast() { return run }
    guard nextOrdinal < runLimit else { return nil }
    let count = UInt64(scenarios.count)
    guard let seed = seeds.seed(nextOrdinal / count) else { return nil }
    defer { nextOrdinal += 1 }
    return CampaignRun(ordinal: nextOrdinal, scenario: Int(nextOrdinal % count), seed: seed)
  }

  private mutating func assign(to index: Int) {
    guard !isStopping, !workers[index].isDismissed else { return }
    let number = workers[index].number
    while workers[index].runs.count < Self.lookahead, let run = nextRun() {
      workers[index].runs.append(run)
      pool.ask(
        Question(.outcome(planting: nil), scenario: run.scenario, seed: run.seed), of: number)
    }
    if workers[index].runs.isEmpty {
      workers[index].isDismissed = true
      pool.dismiss(number)
    }
  }

  /// A worker that dies takes the first run it has not answered with it; the others are returned.
  private mutating func bury(
    _ number: Int, _ signal: Int32, _ receive: (Outcome, CampaignRun) -> Void
  ) throws(Pool.Failure) {
    let worker = workers.remove(at: place(of: number))
    guard !isStopping, !worker.isDismissed else { return }
    if let culprit = worker.runs.first {
      let name = scenarios[culprit.scenario]
      receive(Outcome(trapIn: name, seed: culprit.seed, signal: signal), culprit)
    }
    returned += worker.runs.dropFirst()
    workers.append(Worker(number: try pool.start()))
  }
}

/// One run of a campaign.
public struct CampaignRun: Hashable, Sendable {
  /// Its place in the campaign, counted from zero.
  public let ordinal: UInt64
  /// The scenario's place among those of the campaign.
  public let scenario: Int
  /// The seed.
  public let seed: UInt64
}

extension Campaign {
  /// Runs until it is certain which run is the first with a finding, whatever the number of workers.
  ///
  /// Returns it with its outcome, or nil if there is none or `isEnough` said so before.
  public mutating func firstFinding(
    isEnough: () -> Bool
  ) throws(Pool.Failure) -> (outcome: Outcome, run: CampaignRun)? {
    var isDone: [Bool] = []
    var witness: (outcome: Outcome, run: CampaignRun)?
    try run(
      isEnough: {
        isEnough()
          || witness.map { isDone.prefix(Int($0.run.ordinal)).allSatisfy { $0 } } ?? false
      },
      receive: { outcome, run in
        let place = Int(run.ordinal)
        while isDone.count <= place { isDone.append(false) }
        isDone[place] = true
        guard outcome.finding != nil, run.ordinal < witness?.run.ordinal ?? .max else { return }
        witness = (outcome, run)
      })
    return witness
  }
}

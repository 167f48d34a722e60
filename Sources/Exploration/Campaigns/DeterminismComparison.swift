public import Determinism
import Simulation

/// Runs the same seeds here and in a worker whose surroundings must not matter, and finds the first
/// that differs.
public struct DeterminismComparison: Sendable {
  /// Two runs that should have been one.
  public struct Mismatch: Hashable, Sendable {
    /// The scenario's place.
    public let scenario: Int
    /// The seed.
    public let seed: UInt64
    /// The number of the first event that differs, counted from one.
    public let event: UInt64
    /// That event as it was here.
    public let here: EventFields
    /// That event as it was there.
    public let there: EventFields
  }

  /// What came of a comparison.
  public enum Result: Hashable, Sendable {
    /// All runs were equal; so many were compared.
    case identical(comparisons: UInt64)
    /// A run differed.
    case mismatch(Mismatch)
    /// The worker died of a signal in a run that lives here.
    case died(scenario: Int, seed: UInt64, signal: Int32)
  }

  private let experiments: [Experiment]
  private let runs: UInt64

  /// Creates a comparison of the seeds from one to `runs` of some experiments.
  public init(_ experiments: [Experiment], runs: UInt64) {
    self.experiments = experiments
    self.runs = runs
  }

  /// Compares an experiment's runs with those of a worker until one differs or `isEnough` says so.
  public func compare<Pool>(
    _ number: Int, with worker: inout SoleWorker<Pool>, isEnough: () -> Bool
  ) throws(Pool.Failure) -> Result {
    let experiment = experiments[number]
    var comparisons: UInt64 = 0
    // Backwards, so that whatever a process keeps from earlier runs differs as well.
    for seed in (1...runs).reversed() where !isEnough() {
      let own = experiment.run(seed: seed).outcome.digest
      switch try worker.outcome(of: number, seed: seed) {
      case .died(let signal): return .died(scenario: number, seed: seed, signal: signal)
      case .answered(let outcome) where outcome.digest == own: comparisons += 1
      case .answered: return try locate(number, seed, &worker)
      }
    }
    return .identical(comparisons: comparisons)
  }

  private func locate<Pool>(
    _ number: Int, _ seed: UInt64, _ worker: inout SoleWorker<Pool>
  ) throws(Pool.Failure) -> Result {
    let digests = experiments[number].run(seed: seed, recording: .digests).recorder.digests
    switch try worker.digests(of: number, seed: seed) {
    case .died(let signal): return .died(scenario: number, seed: seed, signal: signal)
    case .answered(let others):
      let position = Self.firstDivergence(digests, others) ?? 1
      guard case .answered(let there) = try worker.event(position, of: number, seed: seed) else {
        preconditionFailure("a worker died of a run of which it had not died before")
      }
      return .mismatch(
        Mismatch(
          scenario: number, seed: seed, event: position,
          here: experiments[number].event(position, ofSeed: seed), there: there))
    }
  }

  /// The number of the first event at which two runs differ, or nil if they are equal.
  public static func firstDivergence(
    _ digests: ChunkedLog<UInt64>, _ others: [UInt64]
  ) -> UInt64? {
    if let position = Determinism.firstDivergence(digests, others) { return UInt64(position) + 1 }
    return others.count == digests.count ? nil : UInt64(min(others.count, digests.count)) + 1
  }
}

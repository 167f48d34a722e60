public import Determinism

/// Some runs of a campaign with their digests, to be run again elsewhere when it is over.
public struct DeterminismSample: Sendable {
  /// The most runs that a sample has: it should cost little beside the campaign.
  private static let most: UInt64 = 200

  /// The runs.
  public private(set) var runs: [(run: CampaignRun, digest: Digest)] = []
  private let interval: Int

  /// Creates an empty sample of every so-manieth run; none if the number is zero.
  public init(every interval: Int) {
    self.interval = interval
  }

  /// Takes in a run if it is one of those; a run that trapped has no digest.
  public mutating func add(_ outcome: Outcome, _ run: CampaignRun) {
    guard interval > 0, outcome.events > 0 else { return }
    let (place, rest) = run.ordinal.quotientAndRemainder(dividingBy: UInt64(interval))
    guard rest == 0, place < Self.most else { return }
    runs.append((run, outcome.digest))
  }

  /// Runs the sample again, backwards, and returns the first run that differs or dies.
  public func firstMismatch<Pool>(
    with worker: inout SoleWorker<Pool>, isEnough: () -> Bool
  ) throws(Pool.Failure) -> CampaignRun? {
    for (run, digest) in runs.reversed() where !isEnough() {
      guard case .answered(let outcome) = try worker.outcome(of: run.scenario, seed: run.seed),
        outcome.digest == digest
      else { return run }
    }
    return nil
  }
}

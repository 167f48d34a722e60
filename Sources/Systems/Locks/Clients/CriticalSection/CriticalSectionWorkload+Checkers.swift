public import Checking
public import Determinism
public import Histories
import ProtocolKit

extension CriticalSectionWorkload {
  /// Decides whether the answers of the lock service are those of one lock with fencing tokens.
  public static func checkLocks(_ history: History) throws(SpecificationError) -> Assessment {
    let limits = SearchLimits(configurations: 1_000_000, bytes: 128 << 20)
    return Assessment(
      try LinearizabilityChecker(FencedLockSpecification(), limits: limits).check(history))
  }

  /// Decides whether the locks that somebody waits for still move when the run ends.
  ///
  /// A dead holder's lock must be granted again once its lease is over, so within the bound something
  /// happens to every lock that is wanted.
  public func checkProgress(
    _ history: History, until end: Instant, within bound: Nanoseconds
  ) -> Assessment {
    let checker = StuckLockChecker(history, workers: workers, since: end + (.zero - bound))
    guard let anomaly = checker.anomaly() else { return Assessment(.valid) }
    return Assessment(.invalid, anomalies: [anomaly])
  }

  /// Decides whether every acknowledged increment is in its counter.
  public func checkCounters(_ history: History) -> Assessment {
    let anomalies = (0..<locks).compactMap { number in
      LostUpdateChecker(history, key: .text("file/\(LockName(number))")).anomaly()
    }
    return Assessment(anomalies.isEmpty ? .valid : .invalid, anomalies: anomalies)
  }
}

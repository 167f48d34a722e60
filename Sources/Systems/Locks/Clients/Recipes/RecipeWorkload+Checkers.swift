public import Checking
public import Determinism
public import Histories

extension RecipeWorkload {
  /// Decides whether each epoch had one leader and no leader of the past acted.
  public static func checkLeaders(_ history: History) -> Assessment {
    assessment(ElectionChecker(history).anomaly())
  }

  /// Decides whether all members had come to each door of a barrier before any went through it.
  public func checkBarrier(_ history: History) -> Assessment {
    Self.assessment(BarrierChecker(history, members: clients).anomaly())
  }

  /// Decides whether at most one user has each name, and has it until it is released or expires.
  public static func checkNames(_ history: History) throws(SpecificationError) -> Assessment {
    let limits = SearchLimits(configurations: 1_000_000, bytes: 128 << 20)
    return Assessment(
      try LinearizabilityChecker(UniqueNameSpecification(), limits: limits).check(history))
  }

  /// Decides whether a leader acted all the time once nothing was broken any more.
  ///
  /// A dead leader's lease must run out first, so nobody may act for that long, and for `bound` more.
  public func checkElections(
    _ history: History, healedAt start: Instant, until end: Instant, timeToLive: Nanoseconds
  ) -> Assessment {
    let checker = ElectionChecker(history)
    return Self.assessment(checker.vacancy(from: start, until: end, longest: timeToLive + bound))
  }

  private static func assessment(_ anomaly: Anomaly?) -> Assessment {
    anomaly.map { Assessment(.invalid, anomalies: [$0]) } ?? Assessment(.valid)
  }
}

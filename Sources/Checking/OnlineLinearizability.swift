public import Histories

/// Judges a history while it grows, so that a run can stop soon after it went wrong.
///
/// The whole prefix is checked again whenever the number of completions has grown by a share, by
/// default doubled. That costs at most about twice the check at the end, and a run goes on at
/// most twice as far as it must. Keeping all configurations from one completion to the next (Lowe
/// 2017) would notice at once, but would have to try every result that an open operation may yet
/// return, and everything that crashed operations may yet do, in every configuration and at every
/// completion; a search of the prefix commits to nothing before it needs to.
///
/// While an operation is open, it may take effect and return whatever it likes, or fail, or never
/// end. What is rejected stays rejected, however it ends. A value: copying it costs nothing.
public struct OnlineLinearizability<Specification: SequentialSpecification>: Sendable {
  private let checker: LinearizabilityChecker<Specification>
  private let growthPercent: Int
  /// The number of completions at which to check next.
  private var nextCheck: Int
  /// Why the history is invalid, once that has been noticed.
  public private(set) var explanation: Explanation?

  /// Creates a judge of a history without events.
  ///
  /// It checks after `firstCheck` completions, and then after every `growthPercent` more than at
  /// the check before; zero per cent means at every completion.
  public init(
    _ specification: Specification, limits: SearchLimits = .standard, firstCheck: Int = 64,
    growthPercent: Int = 100
  ) {
    precondition(firstCheck > 0 && growthPercent >= 0, "checks come after completions")
    checker = LinearizabilityChecker(specification, limits: limits)
    self.growthPercent = growthPercent
    nextCheck = firstCheck
  }

  /// Looks at the history after it has grown; returns why it is invalid if that is known by now.
  ///
  /// To be called after every event, or more rarely. Takes constant time unless a check is due.
  public mutating func observe(
    _ history: History
  ) throws(SpecificationError) -> Explanation? {
    let completions = history.eventCount - history.operations.count
    guard explanation == nil, completions >= nextCheck else { return explanation }
    nextCheck = completions + max(1, completions * growthPercent / 100)
    if case .invalid(let found) = try checker.check(history) { explanation = found }
    return explanation
  }

  /// The verdict on a history that has ended.
  public mutating func finish(_ history: History) throws(SpecificationError) -> Verdict {
    if let explanation { return .invalid(explanation) }
    let verdict = try checker.check(history)
    if case .invalid(let found) = verdict { explanation = found }
    return verdict
  }
}

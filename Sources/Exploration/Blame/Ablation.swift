public import Determinism
import Simulation

/// Which troubles of a run made the difference: its seed run again, each time without some.
///
/// A fault that is left out changes the course of everything after it, so what is asked is narrow:
/// given all that happened before the story begins, does the violation come about in time without
/// this trouble? Candidates are the faults that are active in the story and the conditions of links
/// and clocks; earlier faults stay. The needed ones are found by delta debugging (Zeller and
/// Hildebrandt 2002, section 3.2): all at once, then smaller and smaller chunks, the latest first.
/// Order and limits are fixed, so the same finding always gives the same answer.
public struct Ablation: Codable, Hashable, Sendable {
  /// One thing that can be left out.
  public enum Item: Codable, Hashable, Sendable {
    /// The entry at this place of the fault plan.
    case fault(Int)
    /// A condition of links or clocks.
    case trouble(Trouble)
  }

  /// How much re-running is allowed.
  public struct Limits: Hashable, Sendable {
    /// The number of runs.
    public var runs = 60
    /// The number of events of all runs together; the run that exceeds it is the last.
    public var events: UInt64 = 2_000_000

    /// Creates the usual limits.
    public init() {}
  }

  /// What the violation needs, faults in the order of the plan first.
  public private(set) var needed: [Item]
  /// What it does not need.
  public private(set) var needless: [Item]
  /// How many faults had ended before the story began, and were left as they were.
  public let earlierFaults: Int
  /// How many runs it took.
  public private(set) var runs: Int
  /// Whether each of the needed was left out by itself, and the violation did not come about.
  public private(set) var isMinimal: Bool

  /// Creates the result of an ablation that has been made.
  public init(
    needed: [Item], needless: [Item] = [], earlierFaults: Int, runs: Int = 0,
    isMinimal: Bool = false
  ) {
    self.needed = needed
    self.needless = needless
    self.earlierFaults = earlierFaults
    self.runs = runs
    self.isMinimal = isMinimal
  }
}

extension Ablation {
  /// Runs the world of a finding again and again, each time without some of its troubles.
  ///
  /// `since` is when the story begins. A run shows the same violation if the same property is
  /// violated in the same way no later than half as long again after that.
  public init(
    of finding: Finding, in record: RunRecord, of experiment: Experiment, since: Instant,
    limits: Limits = Limits()
  ) {
    let end = record.evidence?.instant ?? record.world.endsAt
    let entries = record.plan.entries
    let faults = entries.indices.filter {
      entries[$0].begins <= end && entries[$0].begins + entries[$0].lasts >= since
    }
    self.init(
      needed: faults.map(Item.fault)
        + Trouble.allCases.filter { $0.isIn(record.world) }.map(Item.trouble),
      earlierFaults: entries.count { $0.begins + $0.lasts < since })
    // A fault that is active when the story begins is left out from its own beginning.
    let branch = faults.map { entries[$0].begins }.reduce(since, min)
    let horizon = end + (end - branch) / 2
    minimise(within: limits) { omitted in
      let omissions = Omissions(omitted, since: branch)
      let again = experiment.run(seed: finding.seed, without: omissions)
      let other = again.outcome.finding
      let isSame = other?.property == finding.property && other?.kind == finding.kind
      let isInTime = again.evidence?.instant.map { $0 <= horizon } ?? true
      return (isViolated: isSame && isInTime, events: again.outcome.events)
    }
  }

  private typealias Trial = ([Item]) -> (isViolated: Bool, events: UInt64)

  /// The limits are reached; what has been left out so far stays out.
  private struct Exhausted: Error {}

  /// Leaves out the latest first: what lies close to the violation is most often part of its cause.
  private mutating func minimise(within limits: Limits, _ trial: Trial) {
    var events: UInt64 = 0
    let minimum = try? DeltaDebugging.shrink(
      needed.reversed(),
      leavingOut: { (chunk, rest) throws(Exhausted) in
        guard runs < limits.runs, events < limits.events else { throw Exhausted() }
        let result = trial(needless + chunk)
        runs += 1
        events += result.events
        guard result.isViolated else { return false }
        needless += chunk
        needed = rest.reversed()
        return true
      })
    isMinimal = minimum != nil
  }
}

extension Omissions {
  /// The omission of some items.
  init(_ items: [Ablation.Item], since: Instant) {
    self.init(since: since)
    for item in items {
      switch item {
      case .fault(let number): faults.append(number)
      case .trouble(let trouble): troubles.append(trouble)
      }
    }
    faults.sort()
  }
}

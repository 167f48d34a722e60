public import Determinism

/// What a campaign knows so far: a fold over the outcomes of its runs.
///
/// It does not depend on the order in which outcomes arrive: of alike findings the one with
/// the lowest number in the campaign is kept as the example.
public struct CampaignResult: Sendable {
  /// Findings with one signature.
  public struct Group: Sendable {
    /// The example, which has the lowest number.
    public fileprivate(set) var example: Finding
    /// The scenario that shows it.
    public let scenario: String
    /// The example's place in the campaign.
    public fileprivate(set) var ordinal: UInt64
    /// How many runs showed it.
    public fileprivate(set) var count: Int
    /// The number of events of the example.
    public fileprivate(set) var events: UInt64
  }

  /// Evidence that some run of a scenario has to show.
  public struct Debt: Hashable, Sendable {
    /// The scenario's name.
    public let scenario: String
    /// The name of the evidence.
    public let evidence: String
  }

  /// How many runs ended.
  public private(set) var runs = 0
  /// How many events they had.
  public private(set) var events: UInt64 = 0
  /// How much virtual time they took.
  public private(set) var virtualTime = Nanoseconds.zero
  /// How many runs were stopped early, and how much virtual time that saved.
  public private(set) var stoppedEarly: (runs: UInt64, saved: Nanoseconds) = (0, .zero)
  /// The sum of the digests of all runs: equal for equal campaigns, in whatever order they ran.
  public private(set) var digestSum: UInt64 = 0
  /// How many runs could not be judged, with the reason of the one with the lowest number.
  public var unknown: (count: Int, reason: String) { (unknownRuns, firstUnknown?.reason ?? "") }
  /// The findings, by signature, in the order of their examples.
  public var groups: [Group] { unsortedGroups.map(\.group).sorted { $0.ordinal < $1.ordinal } }
  /// How many runs reached each goal, in the order of the scenario files.
  public private(set) var goals: [(name: String, runs: Int)]
  /// How often each kind of fault hit something.
  public private(set) var faults: [(name: String, count: Int)] = []

  private var unknownRuns = 0
  private var firstUnknown: (ordinal: UInt64, reason: String)?
  private var unsortedGroups: [(signature: String, group: Group)] = []

  /// The evidence that is owed and was not shown yet.
  private var debts: [Debt]
  private let namesScenarios: Bool

  /// Creates the result of a campaign that has to reach some goals, and to show the evidence that each
  /// of its experiments owes: what one scenario shows says nothing about another.
  public init(goals: [String], of experiments: [Experiment] = []) {
    self.goals = goals.map { ($0, 0) }
    debts = experiments.flatMap { experiment in
      experiment.owedEvidence.map { Debt(scenario: experiment.name, evidence: $0) }
    }
    namesScenarios = experiments.count > 1
  }

  /// The evidence of configured faults that no run showed: those faults never hit anything.
  public var idleFaults: [String] {
    debts.map { namesScenarios ? "\($0.evidence) in \($0.scenario)" : $0.evidence }
  }

  /// Whether the campaign cannot vouch for the system although it found nothing.
  public var isInconclusive: Bool {
    unknown.count > 0 || !missedGoals.isEmpty || !idleFaults.isEmpty
  }

  /// Takes in the outcome of the run with this number; returns the group if it is a new one.
  public mutating func add(_ outcome: Outcome, ordinal: UInt64) -> Group? {
    runs += 1
    digestSum &+= outcome.digest.value
    events += outcome.events
    virtualTime = virtualTime + outcome.virtualTime
    if let planned = outcome.stoppedEarlyOf {
      stoppedEarly.runs += 1
      stoppedEarly.saved = stoppedEarly.saved + (planned - outcome.virtualTime)
    }
    for index in goals.indices
    where outcome.marks.contains(where: { $0.name == goals[index].name && $0.count > 0 }) {
      goals[index].runs += 1
    }
    count(outcome.faults)
    debts.removeAll { debt in
      debt.scenario == outcome.scenario
        && outcome.faults.contains { $0.name == debt.evidence && $0.count > 0 }
    }
    if outcome.verdict == .unknown { countUnknown(outcome, ordinal) }
    guard let finding = outcome.finding else { return nil }
    return add(finding, of: outcome, ordinal: ordinal)
  }

  private mutating func add(
    _ finding: Finding, of outcome: Outcome, ordinal: UInt64
  ) -> Group? {
    if let index = unsortedGroups.firstIndex(where: { $0.signature == finding.signature }) {
      unsortedGroups[index].group.count += 1
      if ordinal < unsortedGroups[index].group.ordinal {
        unsortedGroups[index].group.example = finding
        unsortedGroups[index].group.ordinal = ordinal
        unsortedGroups[index].group.events = outcome.events
      }
      return nil
    }
    let group = Group(
      example: finding, scenario: outcome.scenario, ordinal: ordinal, count: 1,
      events: outcome.events)
    unsortedGroups.append((finding.signature, group))
    return group
  }

  private mutating func countUnknown(_ outcome: Outcome, _ ordinal: UInt64) {
    unknownRuns += 1
    if let firstUnknown, firstUnknown.ordinal < ordinal { return }
    let reason = outcome.properties.first { $0.status == .unknown && $0.kind != .sometimes }
    firstUnknown = (ordinal, reason?.detail ?? "")
  }

  private mutating func count(_ hits: [Outcome.NamedCount]) {
    for hit in hits {
      if let index = faults.firstIndex(where: { $0.name == hit.name }) {
        faults[index].count += hit.count
      } else {
        faults.append((hit.name, hit.count))
        faults.sort { $0.name < $1.name }
      }
    }
  }

  /// The goals that no run reached.
  public var missedGoals: [String] { goals.filter { $0.runs == 0 }.map(\.name) }

  /// The answer for the system: the worst that the campaign knows.
  public var verdict: Outcome.Verdict {
    !groups.isEmpty ? .invalid : isInconclusive ? .unknown : .valid
  }
}

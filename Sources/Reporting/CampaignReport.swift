import Determinism

/// What a campaign knows so far: a fold over the reports of its runs.
///
/// The result does not depend on the order in which reports arrive: of alike findings the one with
/// the lowest number in the campaign is kept as the example.
public struct CampaignReport: Sendable {
  /// Findings with one signature.
  public struct Group: Sendable {
    /// The example, which has the lowest number.
    public fileprivate(set) var example: RunReport.FindingReport
    /// The scenario that shows it.
    public let scenario: String
    /// The seed of the example.
    public fileprivate(set) var seed: String
    /// The example's place in the campaign.
    public fileprivate(set) var ordinal: UInt64
    /// How many runs showed it.
    public fileprivate(set) var count: Int
    /// The number of events of the example.
    public fileprivate(set) var events: UInt64
  }

  /// How many runs ended.
  public private(set) var runs = 0
  /// How many events they had.
  public private(set) var events: UInt64 = 0
  /// How much virtual time they took.
  public private(set) var virtualNanoseconds: UInt64 = 0
  /// How many runs were stopped early, and how much virtual time that saved.
  public private(set) var stoppedEarly: (runs: UInt64, savedNanoseconds: UInt64) = (0, 0)
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

  /// The evidence that the campaign must show, each name once.
  private let owedEvidence: [String]

  /// Creates the report of a campaign that has to reach some goals and show some evidence.
  public init(goals: [String], owedEvidence: [String] = []) {
    self.goals = goals.map { ($0, 0) }
    self.owedEvidence = owedEvidence
  }

  /// The evidence of configured faults that no run showed: those faults never hit anything.
  public var idleFaults: [String] {
    owedEvidence.filter { name in !faults.contains { $0.name == name && $0.count > 0 } }
  }

  /// Whether the campaign cannot vouch for the system although it found nothing.
  public var isInconclusive: Bool {
    unknown.count > 0 || !missedGoals.isEmpty || !idleFaults.isEmpty
  }

  /// Takes in the report of the run with this number; returns the group if it is a new one.
  public mutating func add(_ report: RunReport, ordinal: UInt64) -> Group? {
    runs += 1
    digestSum &+= UInt64(report.digest, radix: 16) ?? 0
    events += report.events
    virtualNanoseconds += UInt64(max(0, report.virtual_ns))
    if let planned = report.stopped_early_of_ns {
      stoppedEarly.runs += 1
      stoppedEarly.savedNanoseconds += UInt64(max(0, planned - report.virtual_ns))
    }
    for index in goals.indices where (report.marks[goals[index].name] ?? 0) > 0 {
      goals[index].runs += 1
    }
    count(report.faults)
    if report.verdict == "unknown" { countUnknown(report, ordinal) }
    guard let finding = report.finding else { return nil }
    return add(finding, of: report, ordinal: ordinal)
  }

  private mutating func add(
    _ finding: RunReport.FindingReport, of report: RunReport, ordinal: UInt64
  ) -> Group? {
    if let index = unsortedGroups.firstIndex(where: { $0.signature == finding.signature }) {
      unsortedGroups[index].group.count += 1
      if ordinal < unsortedGroups[index].group.ordinal {
        unsortedGroups[index].group.example = finding
        unsortedGroups[index].group.seed = report.seed
        unsortedGroups[index].group.ordinal = ordinal
        unsortedGroups[index].group.events = report.events
      }
      return nil
    }
    let group = Group(
      example: finding, scenario: report.scenario, seed: report.seed, ordinal: ordinal, count: 1,
      events: report.events)
    unsortedGroups.append((finding.signature, group))
    return group
  }

  private mutating func countUnknown(_ report: RunReport, _ ordinal: UInt64) {
    unknownRuns += 1
    if let firstUnknown, firstUnknown.ordinal < ordinal { return }
    let reason = report.properties.first { $0.status == "unknown" && $0.kind != "sometimes" }
    firstUnknown = (ordinal, reason?.detail ?? "")
  }

  private mutating func count(_ hits: [String: Int]) {
    if faults.isEmpty { faults = hits.keys.sorted().map { ($0, 0) } }
    for index in faults.indices { faults[index].count += hits[faults[index].name] ?? 0 }
  }

  /// The goals that no run reached.
  public var missedGoals: [String] { goals.filter { $0.runs == 0 }.map(\.name) }
}

extension CampaignReport {
  /// A finding as one record of a campaign's output.
  public struct FindingRecord: Encodable {
    let kind = "finding"
    let signature: String
    let property: String
    let violation: String
    let detail: String
    let scenario: String
    let seed: String
    let replay: String

    /// Describes a group; `replay` is the command that repeats its example.
    public init(_ group: Group, replay: String) {
      signature = group.example.signature
      property = group.example.property
      violation = group.example.kind
      detail = group.example.detail
      scenario = group.scenario
      seed = group.seed
      self.replay = replay
    }
  }

  /// The last record of a campaign's output.
  public struct Summary: Encodable {
    struct Entry: Encodable {
      let signature: String
      let property: String
      let seed: String
      let scenario: String
      let runs: Int
      let events: UInt64
      let detail: String
      let replay: String
    }

    let kind = "summary"
    let verdict: String
    let runs: Int
    let events: UInt64
    let digest: String
    let virtual_ns: UInt64
    let unknown: Int
    let findings: [Entry]
    let goals: [String: Int]
    let missed_goals: [String]
    let idle_faults: [String]
    let faults: [String: Int]

    /// Describes a campaign; `replay` gives the command that repeats a group's example.
    public init(_ report: CampaignReport, replay: (Group) -> String) {
      verdict = !report.groups.isEmpty ? "invalid" : report.isInconclusive ? "unknown" : "valid"
      runs = report.runs
      events = report.events
      digest = Digest(resuming: report.digestSum).description
      virtual_ns = report.virtualNanoseconds
      unknown = report.unknown.count
      findings = report.groups.map { group in
        Entry(
          signature: group.example.signature, property: group.example.property,
          seed: group.seed, scenario: group.scenario, runs: group.count, events: group.events,
          detail: group.example.detail, replay: replay(group))
      }
      goals = Dictionary(
        report.goals.map { ($0.name, $0.runs) }, uniquingKeysWith: { max($0, $1) })
      missed_goals = report.missedGoals
      idle_faults = report.idleFaults
      faults = Dictionary(report.faults.map { ($0.name, $0.count) }, uniquingKeysWith: +)
    }
  }
}

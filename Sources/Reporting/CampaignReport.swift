import Determinism
public import Exploration

/// The reports of a campaign for machines: one record for each finding, one summary at the end.
public enum CampaignReport {
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
    public init(_ group: CampaignResult.Group, replay: String) {
      signature = group.example.signature
      property = group.example.property
      violation = group.example.kind
      detail = group.example.detail
      scenario = group.scenario
      seed = RunReport.seedText(group.example.seed)
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
    let verdict: Outcome.Verdict
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
    public init(_ result: CampaignResult, replay: (CampaignResult.Group) -> String) {
      verdict = result.verdict
      runs = result.runs
      events = result.events
      digest = Digest(resuming: result.digestSum).description
      virtual_ns = UInt64(max(0, result.virtualTime.count))
      unknown = result.unknown.count
      findings = result.groups.map { group in
        Entry(
          signature: group.example.signature, property: group.example.property,
          seed: RunReport.seedText(group.example.seed), scenario: group.scenario, runs: group.count,
          events: group.events,
          detail: group.example.detail, replay: replay(group))
      }
      goals = Dictionary(
        result.goals.map { ($0.name, $0.runs) }, uniquingKeysWith: { max($0, $1) })
      missed_goals = result.missedGoals
      idle_faults = result.idleFaults
      faults = Dictionary(result.faults.map { ($0.name, $0.count) }, uniquingKeysWith: +)
    }
  }
}

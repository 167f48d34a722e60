import TestKit
import Testing

@testable import Reporting

@Suite struct CampaignReportTests {
  private let goals = ["elected", "truncated", "unreachable"]

  /// A campaign of runs of every verdict, by their numbers.
  private func runs(_ dice: inout Dice) -> [(ordinal: UInt64, report: RunReport)] {
    (0...dice.below(40)).map { number in
      let ordinal = UInt64(number)
      var report = RunReport(
        trapIn: ["s", "t"][dice.below(2)], seed: ordinal &* 77, signal: Int32(4 + dice.below(2)))
      report.events = dice.next() % 10_000
      report.virtual_ns = Int64(dice.below(1_000_000))
      report.faults = ["crashes": dice.below(5), "pauses": dice.below(2)]
      report.marks = ["elected": dice.below(3), "truncated": dice.chance(percent: 5) ? 1 : 0]
      if dice.chance(percent: 60) { report.finding = nil }
      if report.finding == nil {
        report.verdict = dice.chance(percent: 30) ? "unknown" : "valid"
        report.properties = [
          RunReport.Property(
            kind: "eventually", name: "progress", status: "unknown", detail: "cause \(ordinal)")
        ]
      }
      return (ordinal, report)
    }
  }

  private func fold(_ runs: [(ordinal: UInt64, report: RunReport)]) -> CampaignReport {
    var campaign = CampaignReport(goals: goals)
    for run in runs { _ = campaign.add(run.report, ordinal: run.ordinal) }
    return campaign
  }

  private func summary(_ campaign: CampaignReport) -> String {
    let summary = CampaignReport.Summary(campaign) { "orrery replay \($0.scenario)@\($0.seed)" }
    return StableJSON.line(summary) + campaign.unknown.reason
  }

  @Test(arguments: UInt64(1)...100)
  func `the order in which reports arrive changes nothing`(seed: UInt64) {
    var dice = Dice(seed: seed)
    var runs = runs(&dice)
    let inOrder = summary(fold(runs))
    for last in stride(from: runs.count - 1, to: 0, by: -1) {
      runs.swapAt(last, dice.below(last + 1))
    }
    #expect(summary(fold(runs)) == inOrder)
  }

  @Test func `alike findings form one group with the first as its example`() throws {
    var campaign = CampaignReport(goals: [])
    let late = campaign.add(RunReport(trapIn: "s", seed: 30, signal: 4), ordinal: 3)
    let early = campaign.add(RunReport(trapIn: "s", seed: 10, signal: 4), ordinal: 1)
    let other = campaign.add(RunReport(trapIn: "t", seed: 20, signal: 4), ordinal: 2)
    #expect(late?.seed == "0x1e")
    #expect(early == nil)
    #expect(other != nil)
    #expect(campaign.groups.map(\.seed) == ["0xa", "0x14"])
    #expect(campaign.groups.map(\.count) == [2, 1])
    #expect(campaign.groups.map(\.ordinal) == [1, 2])
  }

  @Test func `a goal is reached by runs, not by how often they reach it`() {
    var report = RunReport(trapIn: "s", seed: 1, signal: 4)
    report.marks = ["elected": 5]
    let campaign = fold([(0, report), (1, report)])
    #expect(campaign.goals.map(\.runs) == [2, 0, 0])
    #expect(campaign.missedGoals == ["truncated", "unreachable"])
  }

  @Test func `a summary names its verdict by the worst that it knows`() {
    var report = RunReport(trapIn: "s", seed: 1, signal: 4)
    let verdict = { (goals: [String]) in
      var campaign = CampaignReport(goals: goals)
      _ = campaign.add(report, ordinal: 0)
      return StableJSON.line(CampaignReport.Summary(campaign) { _ in "" })
    }
    #expect(verdict(["elected"]).contains("\"verdict\":\"invalid\""))
    report.finding = nil
    report.verdict = "valid"
    #expect(verdict(["elected"]).contains("\"verdict\":\"unknown\""))
    #expect(verdict([]).contains("\"verdict\":\"valid\""))
  }
}

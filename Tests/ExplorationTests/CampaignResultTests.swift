import Determinism
import TestKit
import Testing

@testable import Exploration

@Suite struct CampaignResultTests {
  private let goals = ["elected", "truncated", "unreachable"]

  /// A campaign of runs of every verdict, by their numbers.
  private func runs(_ dice: inout Dice) -> [(ordinal: UInt64, outcome: Outcome)] {
    (0...dice.below(40)).map { number in
      let ordinal = UInt64(number)
      let trap = Outcome(
        trapIn: ["s", "t"][dice.below(2)], seed: ordinal &* 77, signal: Int32(4 + dice.below(2)))
      let marks = [dice.below(3), dice.chance(percent: 5) ? 1 : 0]
      let hasFound = dice.chance(percent: 40)
      let verdict: Outcome.Verdict = dice.chance(percent: 30) ? .unknown : .valid
      let cause = Outcome.PropertyResult(
        kind: .eventually, name: "progress", status: .unknown, detail: "cause \(ordinal)")
      return (
        ordinal,
        Outcome(
          scenario: trap.scenario, seed: trap.seed, digest: Digest(resuming: dice.next()),
          verdict: hasFound ? .invalid : verdict, properties: hasFound ? [] : [cause],
          operations: trap.operations,
          faults: [.init(name: "crashes", count: dice.below(5))],
          marks: [
            .init(name: "elected", count: marks[0]), .init(name: "truncated", count: marks[1]),
          ],
          events: dice.next() % 10_000, virtualTime: Nanoseconds(Int64(dice.below(1_000_000))),
          stoppedEarlyOf: nil, finding: hasFound ? trap.finding : nil)
      )
    }
  }

  private func fold(_ runs: [(ordinal: UInt64, outcome: Outcome)]) -> CampaignResult {
    var campaign = CampaignResult(goals: goals)
    for run in runs { _ = campaign.add(run.outcome, ordinal: run.ordinal) }
    return campaign
  }

  /// Everything that a campaign knows, as text.
  private func summary(_ campaign: CampaignResult) -> String {
    let groups = campaign.groups.map {
      "\($0.example) \($0.scenario) \($0.ordinal) \($0.count) \($0.events)"
    }
    return "\(groups) \(campaign.runs) \(campaign.events) \(campaign.virtualTime) "
      + "\(campaign.digestSum) \(campaign.unknown) \(campaign.goals) \(campaign.faults) "
      + "\(campaign.verdict)"
  }

  @Test(arguments: UInt64(1)...100)
  func `the order in which outcomes arrive changes nothing`(seed: UInt64) {
    var dice = Dice(seed: seed)
    var runs = runs(&dice)
    let inOrder = summary(fold(runs))
    for last in stride(from: runs.count - 1, to: 0, by: -1) {
      runs.swapAt(last, dice.below(last + 1))
    }
    #expect(summary(fold(runs)) == inOrder)
  }

  @Test func `alike findings form one group with the first as its example`() throws {
    var campaign = CampaignResult(goals: [])
    let late = campaign.add(Outcome(trapIn: "s", seed: 30, signal: 4), ordinal: 3)
    let early = campaign.add(Outcome(trapIn: "s", seed: 10, signal: 4), ordinal: 1)
    let other = campaign.add(Outcome(trapIn: "t", seed: 20, signal: 4), ordinal: 2)
    #expect(late?.example.seed == 30)
    #expect(early == nil)
    #expect(other != nil)
    #expect(campaign.groups.map(\.example.seed) == [10, 20])
    #expect(campaign.groups.map(\.count) == [2, 1])
    #expect(campaign.groups.map(\.ordinal) == [1, 2])
  }

  /// A run without a violation that reached a mark some number of times.
  private func run(reaching mark: String, times: Int) -> Outcome {
    Outcome(
      scenario: "s", seed: 1, digest: Digest(), verdict: .valid, properties: [],
      operations: .init(), faults: [], marks: [.init(name: mark, count: times)], events: 1,
      virtualTime: .zero, stoppedEarlyOf: nil, finding: nil)
  }

  @Test func `a goal is reached by runs, not by how often they reach it`() {
    let outcome = run(reaching: "elected", times: 5)
    let campaign = fold([(0, outcome), (1, outcome)])
    #expect(campaign.goals.map(\.runs) == [2, 0, 0])
    #expect(campaign.missedGoals == ["truncated", "unreachable"])
  }

  @Test func `the verdict is the worst that is known`() {
    let verdict = { (goals: [String], outcome: Outcome) in
      var campaign = CampaignResult(goals: goals)
      _ = campaign.add(outcome, ordinal: 0)
      return campaign.verdict
    }
    #expect(verdict(["elected"], Outcome(trapIn: "s", seed: 1, signal: 4)) == .invalid)
    #expect(verdict(["truncated"], run(reaching: "elected", times: 1)) == .unknown)
    #expect(verdict(["elected"], run(reaching: "elected", times: 1)) == .valid)
  }
}

import Determinism
import Histories
import Simulation
import TestKit
import Testing

@testable import Exploration

/// Campaigns, canaries and comparisons over workers that answer in any order and die at any time.
@Suite struct CampaignTests {
  /// A scenario whose runs with some seeds break something.
  private func scenario(
    _ name: String, breaking seeds: Set<UInt64> = [], digestsOf salt: UInt64 = 0,
    defects: [String] = [], effective: String? = nil
  ) -> ScenarioUnderTest {
    @Sendable func experiment(_ planted: String?) -> Experiment {
      Experiment(name: name, goals: [], owedEvidence: []) { seed, _, _ in
        let isBroken = seeds.contains(seed) || planted != nil && planted == effective
        let finding = Finding(scenario: name, property: "p", kind: "k", detail: "d", seed: seed)
        return AblationTests.record(
          isBroken ? finding : nil, seed: seed, digest: Digest(resuming: seed &+ salt))
      }
    }
    return ScenarioUnderTest(experiment(nil), defects: defects) { experiment($0) }
  }

  private func outcomes(
    workers: Int, order: UInt64, deadly: Set<UInt64>
  ) -> [(run: CampaignRun, outcome: Outcome)] {
    let scenarios = [scenario("a", breaking: [3, 11]), scenario("b")]
    var campaign = Campaign(
      of: ["a", "b"], seeds: .range(1...20), runLimit: .max, workers: workers,
      in: InlineWorkers(scenarios, deadly: deadly, order: order))
    var received: [(run: CampaignRun, outcome: Outcome)] = []
    campaign.run(isEnough: { false }, receive: { received.append(($1, $0)) })
    return received.sorted { $0.run.ordinal < $1.run.ordinal }
  }

  @Test(arguments: UInt64(1)...50)
  func `every run counts once, whoever runs it and dies of it`(order: UInt64) {
    var dice = Dice(seed: order)
    let deadly = Set((0..<3).map { _ in UInt64(1 + dice.below(20)) })
    let alone = outcomes(workers: 1, order: 1, deadly: deadly)
    let many = outcomes(workers: 1 + dice.below(5), order: order, deadly: deadly)
    #expect(alone.map(\.run.ordinal) == Array(0..<40))
    #expect(many.map(\.run) == alone.map(\.run))
    #expect(many.map(\.outcome) == alone.map(\.outcome))
    let dead = alone.filter { $0.outcome.finding?.property == "no-trap" }.map(\.run.seed)
    #expect(Set(dead) == deadly)
  }

  @Test func `a campaign that has enough takes nothing more`() {
    var campaign = Campaign(
      of: ["a"], seeds: .drawn(from: 1), runLimit: .max, workers: 3,
      in: InlineWorkers([scenario("a")]))
    var count = 0
    campaign.run(isEnough: { count >= 10 }, receive: { _, _ in count += 1 })
    #expect(count == 10)
  }

  @Test(arguments: UInt64(1)...30)
  func `the first finding is the same in whatever order runs end`(order: UInt64) throws {
    var campaign = Campaign(
      of: ["a"], seeds: .range(1...100), runLimit: 100, workers: 4,
      in: InlineWorkers([scenario("a", breaking: [13, 14, 16, 60])], order: order))
    let found = campaign.firstFinding(isEnough: { false })
    #expect(try #require(found).run.seed == 13)
  }

  @Test func `a canary plants every defect, and says which one was not found`() {
    let scenarios = [
      scenario("a", defects: ["x", "y", "z"], effective: "y"),
      scenario("b", defects: ["x"], effective: nil), scenario("c"),
    ]
    let canary = Canary(scenarios, seeds: .range(1...1_000))
    var results: [Canary.Result] = []
    canary.run(
      isEnough: { false }, makeWorker: { SoleWorker(in: InlineWorkers(scenarios)) },
      receive: { results.append($0) })
    #expect(results.map(\.defect) == ["x", "y", "z", "x"])
    #expect(results.map { $0.property != nil } == [false, true, false, false])
    #expect(results.map(\.runs) == [1_000, 1, 1_000, 1_000])
  }

  @Test func `runs of a campaign that differ in another process are noticed`() {
    let here = scenario("a")
    for (other, deadly, isNoticed) in [
      (here, [], false), (scenario("a", digestsOf: 1), [], true), (here, [11], true),
    ] as [(ScenarioUnderTest, Set<UInt64>, Bool)] {
      var sample = DeterminismSample(every: 10)
      var campaign = Campaign(
        of: ["a"], seeds: .range(1...40), runLimit: 40, workers: 2, in: InlineWorkers([here]))
      campaign.run(isEnough: { false }, receive: { sample.add($0, $1) })
      #expect(sample.runs.map(\.run.ordinal).sorted() == [0, 10, 20, 30])
      var worker = SoleWorker(in: InlineWorkers([other], deadly: deadly))
      let mismatch = sample.firstMismatch(with: &worker, isEnough: { false })
      #expect((mismatch != nil) == isNoticed)
    }
  }

  @Test func `runs that differ elsewhere are located, and a death there is told`() {
    let here = scenario("a")
    let comparison = DeterminismComparison([here.experiment], runs: 5)
    let compare = { (there: ScenarioUnderTest, deadly: Set<UInt64>) in
      var worker = SoleWorker(in: InlineWorkers([there], deadly: deadly))
      return comparison.compare(0, with: &worker, isEnough: { false })
    }
    #expect(compare(here, []) == .identical(comparisons: 5))
    #expect(compare(here, [2]) == .died(scenario: 0, seed: 2, signal: 5))
    guard case .mismatch(let mismatch) = compare(scenario("a", digestsOf: 1), []) else {
      Issue.record("a run that differs was not seen")
      return
    }
    #expect(mismatch.seed == 5)
  }

  @Test(arguments: Int64(0)...40)
  func `a budget search finds the edge of what is monotonic`(edge: Int64) {
    var search = BudgetSearch(step: 2, bound: 32)
    var tried = 0
    while let value = search.next {
      #expect(value.isMultiple(of: 2) && (0...32).contains(value))
      search.note(value, hasBroken: value >= edge)
      tried += 1
    }
    #expect(tried <= 11)
    let smallest = (edge + 1) / 2 * 2
    #expect(search.breaks == (smallest <= 32 ? smallest : nil))
    #expect(search.holds == (edge == 0 ? nil : min(32, smallest - 2)))
  }
}

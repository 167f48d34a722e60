import Checking
import Determinism
import Histories
import ProtocolKit
import Testing

@testable import Exploration
@testable import Simulation

/// Which faults make the difference, asked of worlds that fail by rule.
@Suite struct AblationTests {
  /// A run whose violation needs some faults of its plan and some troubles.
  private struct Rule {
    var faults: [Int] = []
    var troubles: [Trouble] = []
    /// Without these this run passes, but no neighbour does.
    var shifts: [Int] = []
    /// Without these another node is hit.
    var moves: [Int] = []
    /// The neighbours up to this one never fail.
    var unluckyNeighbours: UInt64 = 0
    /// The violation comes about later by this when some fault is left out.
    var delay = Nanoseconds.zero
  }

  private static let plan = FaultPlan(
    (0..<10).map { number in
      FaultPlan.Entry(
        begins: .start + .milliseconds(Int64(number) * 10), lasts: .milliseconds(5),
        fault: number == 1
          ? .clockStep(ClockStepFault(node: NodeID(1), step: .milliseconds(1)))
          : .crash(CrashFault(node: NodeID(number % 3))))
    })

  private static let world: WorldConfiguration = {
    var links = LinkConditions(
      delay: .uniform(shortest: .milliseconds(1), longest: .milliseconds(2)),
      loss: .percent(5))
    links.reordering = .zero
    return WorldConfiguration(
      cluster: ClusterShape(serverCount: 3, clientCount: 0), links: links,
      journalSync: .constant(.milliseconds(1)), chaos: .milliseconds(200), quiet: .zero)
  }()

  private static func finding(_ kind: String = "k") -> Finding {
    Finding(scenario: "s", property: "p", kind: kind, detail: "d", seed: 7)
  }

  static func record(
    _ finding: Finding?, at instant: Instant = .start, seed: UInt64 = 7,
    digest: Digest = Digest(), detail node: String = "n1"
  ) -> RunRecord {
    RunRecord(
      outcome: Outcome(
        scenario: "s", seed: seed, digest: digest, verdict: finding == nil ? .valid : .invalid,
        properties: [], operations: .init(), faults: [], marks: [], events: 1_000,
        virtualTime: .zero, stoppedEarlyOf: nil, finding: finding),
      evidence: finding == nil
        ? nil : Evidence(detail: "d \(Subject("node", node))", instant: instant), world: world,
      plan: plan, history: History(), recorder: TraceRecorder(level: .none))
  }

  private static let end = Instant.start + .milliseconds(95)

  private func ablation(
    _ rule: Rule, since: Instant = .start, limits: Ablation.Limits = .init()
  ) -> Ablation {
    let experiment = Experiment(name: "s", goals: [], owedEvidence: []) { _, _, omissions in
      let isAvoided =
        rule.faults.contains(where: omissions.faults.contains)
        || rule.troubles.contains(where: omissions.troubles.contains)
      let isNeighbour = omissions.neighbour > 0
      let isShifted = !isNeighbour && rule.shifts.contains(where: omissions.faults.contains)
      let isMissed = isNeighbour && omissions.neighbour <= rule.unluckyNeighbours
      let isLate = !omissions.faults.isEmpty
      return Self.record(
        isAvoided || isShifted || isMissed ? nil : Self.finding(),
        at: isLate ? Self.end + rule.delay : Self.end,
        detail: rule.moves.contains(where: omissions.faults.contains) ? "n2" : "n1")
    }
    return Ablation(
      of: Self.finding(), in: Self.record(Self.finding(), at: Self.end, detail: "n1"),
      of: experiment, since: since, limits: limits)
  }

  @Test(arguments: [[], [0], [9], [3, 4], [0, 5, 9], [1, 2, 3, 6, 8]])
  func `exactly the needed faults are found`(faults: [Int]) {
    let ablation = ablation(Rule(faults: faults, troubles: faults.isEmpty ? [] : [.loss]))
    let expected = faults.map(Ablation.Item.fault) + (faults.isEmpty ? [] : [.trouble(.loss)])
    #expect(
      ablation.items(.needed) == expected.reversed() && ablation.trials.count == expected.count)
    #expect(ablation.untried.isEmpty && ablation.runs <= 200)
    #expect(ablation.trials.count + ablation.together.count == 12)
    #expect(ablation.withTogether == 6 && ablation.withoutTogether == 6)
    #expect(ablation.trials.allSatisfy { $0.with == 6 && $0.without == 0 })
  }

  @Test func `what only shifts the course of this run is not needed`() {
    let ablation = ablation(Rule(faults: [7], shifts: [2]))
    #expect(ablation.items(.needed) == [.fault(7)])
    #expect(ablation.items(.needless) == [.fault(2)], "all neighbours fail without it")
    #expect(ablation.trials.first { $0.item == .fault(2) }?.effect == Ablation.Effect.none)
  }

  @Test func `the same rule broken by another node is another violation`() {
    let ablation = ablation(Rule(moves: [4]))
    let trial = ablation.trials.first { $0.item == .fault(4) }
    #expect(trial?.effect == .other(property: "p", kind: "k"))
    #expect(trial?.role == .needless && !ablation.together.contains(.fault(4)))
  }

  @Test func `where neighbours pass with everything, nothing is called needed`() {
    let ablation = ablation(Rule(faults: [7], unluckyNeighbours: 4))
    #expect(ablation.trials.map(\.with) == [2])
    #expect(ablation.items(.unclear) == [.fault(7)] && ablation.items(.needed).isEmpty)
  }

  @Test func `faults that ended before the story without a trace are left as they were`() {
    let ablation = ablation(Rule(faults: [0, 7]), since: .start + .milliseconds(52))
    #expect(ablation.earlierFaults == 4, "the step of a clock leaves a trace")
    #expect(ablation.items(.needed) == [.fault(7)] && ablation.together.contains(.fault(1)))
  }

  @Test func `faults that begin after the violation are not even tried`() {
    let record = Self.record(Self.finding(), at: .start + .milliseconds(41))
    let experiment = Experiment(name: "s", goals: [], owedEvidence: []) { _, _, _ in
      Self.record(Self.finding(), at: .start)
    }
    let early = Ablation(of: Self.finding(), in: record, of: experiment, since: .start)
    #expect(early.together.count == 5 + 2)
  }

  @Test func `a violation that comes much later is another one`() {
    #expect(ablation(Rule(delay: .milliseconds(10))).trials.isEmpty)
    let late = ablation(Rule(delay: .milliseconds(60)))
    #expect(late.items(.needed).count == 10, "every fault keeps it from coming in time")
  }

  @Test func `the limits end the search, and it says so`() {
    var limits = Ablation.Limits()
    limits.runs = 5
    let few = ablation(Rule(faults: [1, 4, 8]), limits: limits)
    #expect(few.runs == 5 && !few.untried.isEmpty && few.trials.isEmpty)
    limits.runs = 60
    limits.events = 4_000
    let short = ablation(Rule(faults: [1, 4, 8]), limits: limits)
    #expect(short.runs == 4 && short.untried.contains(.fault(4)))
  }

  @Test func `a world without a trouble differs in nothing else`() {
    for trouble in Trouble.allCases {
      let omissions = Omissions(troubles: [trouble])
      #expect(trouble.isIn(Self.world) == [.loss, .varyingDelay].contains(trouble))
      let links = omissions.applied(to: Self.world.links)
      #expect(links.loss == (trouble == .loss ? .zero : Self.world.links.loss))
      #expect(
        links.delay == (trouble == .varyingDelay ? links.delay.steady : Self.world.links.delay))
      #expect(omissions.applied(to: Self.world) == Self.world)
    }
    let plan = Omissions(faults: [0, 9]).applied(to: Self.plan)
    #expect(plan.entries == Self.plan.entries && plan.omitted == [0, 9])
  }
}

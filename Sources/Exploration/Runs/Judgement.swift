import Checking
import Determinism
import Histories
import ProtocolKit
import Simulation

/// Turns a finished world into an outcome.
struct Judgement<Machine: StateMachine> {
  typealias Result = Outcome.PropertyResult

  let world: Simulator<Machine>
  private let scenario: String
  private let seed: UInt64
  private let contract: FaultContract?
  /// Whether the run went on until its end, unless a rule broke.
  let isWhole: Bool
  var results: [Outcome.PropertyResult] = []
  private var finding: Finding?
  /// What the finding rests on.
  private(set) var evidence: Evidence?

  init(
    of world: Simulator<Machine>, _ violation: InvariantViolation?,
    _ judges: SimulationExperiment<Machine>.Judges, _ contract: FaultContract?,
    scenario: String, seed: UInt64, isWhole: Bool = true
  ) {
    self.world = world
    self.isWhole = isWhole
    self.contract = contract
    self.scenario = scenario
    self.seed = seed
    judgeRules(violation)
    let wasCutShort =
      violation != nil || world.eventCount >= world.configuration.eventLimit
      || !isWhole
    for judge in judges.histories where !wasCutShort || !judge.needsWholeRun {
      judgeHistory(judge)
    }
    if judges.progress {
      judgeProgress(
        wasCutShort: violation != nil || !isWhole, besides: judges.waitingFunctions)
    }
    judgeGoals(judges.goals)
  }

  var outcome: Outcome {
    let verdict: Outcome.Verdict =
      if finding != nil {
        .invalid
      } else if results.contains(where: { $0.status == .unknown && $0.kind != .sometimes }) {
        .unknown
      } else {
        .valid
      }
    return Outcome(
      scenario: scenario, seed: seed, digest: world.digest, verdict: verdict,
      properties: results, operations: operationCounts,
      faults: world.evidence.counts.map { Outcome.NamedCount(name: $0.name, count: $0.count) },
      marks: world.marks.map { Outcome.NamedCount(name: $0.key, count: $0.value) },
      events: world.eventCount,
      virtualTime: world.now - .start,
      stoppedEarlyOf: isWhole ? nil : world.configuration.endsAt - .start, finding: finding)
  }

  mutating func violate(
    _ kind: Result.Kind, _ property: String, how: String, detail: String,
    evidence: Evidence
  ) {
    results.append(Result(kind: kind, name: property, status: .violated, detail: detail))
    guard finding == nil else { return }
    self.evidence = evidence
    var breach = contract?.firstBreach(
      in: world.plan, of: world.configuration.cluster, until: world.now)?.description
    if contract != nil, world.configuration.deliversDamage {
      breach = breach ?? "links that deliver damaged messages"
    }
    finding = Finding(
      scenario: scenario, property: property, kind: how, detail: detail, seed: seed,
      breach: breach)
  }

  private mutating func judgeRules(_ violation: InvariantViolation?) {
    if world.configuration.checksInvariants {
      for (property, count) in zip(Machine.Rules.properties, world.exercisedRules)
      where property != violation?.property {
        results.append(
          Result(
            kind: .always, name: property, status: .holds,
            detail: count == 0 ? "never put to the test" : "", checked: count))
      }
    }
    guard let violation else { return }
    violate(
      .always, violation.property, how: violation.kind,
      detail: "\(violation.detail), at event \(world.eventCount), \(world.now)",
      evidence: Evidence(
        detail: violation.detail, instant: world.now,
        rationale: Machine.Rules.rationale(of: violation.property)))
  }

  private mutating func judgeHistory(_ judge: HistoryJudge) {
    let name = judge.property
    do throws(SpecificationError) {
      let assessment = try judge.examine(world.history)
      switch assessment.outcome {
      case .valid:
        let completed = operationCounts.ok
        results.append(
          Result(
            kind: .always, name: name, status: completed > 0 ? .holds : .unknown,
            detail: completed > 0 ? "" : "no operation completed, so there is nothing to judge"))
      case .invalid: violate(name, by: assessment, judge)
      case .unknown(let advice):
        results.append(Result(kind: .always, name: name, status: .unknown, detail: advice))
      }
    } catch {
      results.append(Result(kind: .always, name: name, status: .unknown, detail: "\(error)"))
    }
  }

  private mutating func violate(
    _ property: String, by assessment: Assessment, _ judge: HistoryJudge
  ) {
    if let explanation = assessment.explanation {
      let culprit = world.history.operations[explanation.operation.position]
      violate(
        .always, property, how: "no order allows a \(culprit.invocation.function)",
        detail: describe(culprit, explanation), evidence: evidence(of: explanation, judge))
    } else {
      let anomaly = assessment.anomalies.first
      violate(
        .always, property, how: anomaly?.name ?? "the history is invalid",
        detail: anomaly?.text ?? "", evidence: evidence(of: anomaly, judge))
    }
  }

  private func evidence(of explanation: Explanation, _ judge: HistoryJudge) -> Evidence {
    let culprit = world.history.operations[explanation.operation.position]
    let isWanted = finding == nil && world.recorder.level == .events
    return Evidence(
      detail: Sentence(describe(culprit, explanation)), instant: culprit.completionTime,
      explanation: explanation,
      essential: isWanted
        ? EssentialOperations(of: world.history, explanation) {
          (history) throws(SpecificationError) in try judge.examine(history).explanation
        } : nil)
  }

  private func evidence(of anomaly: Anomaly?, _ judge: HistoryJudge) -> Evidence {
    let operations = (anomaly?.operations ?? []).map { world.history.operations[$0.position] }
    // What never ended, and what only the whole run can show, has no instant of its own.
    let isLasting = judge.needsWholeRun || operations.contains { $0.completedAt == nil }
    return Evidence(
      detail: Sentence(anomaly?.text ?? "", about: anomaly?.subjects ?? []),
      instant: isLasting ? nil : operations.compactMap(\.completionTime).max(),
      essential: anomaly.map {
        EssentialOperations(operations: $0.operations.sorted(), forgotten: 0, isSufficient: false)
      })
  }

  private func describe(_ culprit: Operation, _ explanation: Explanation) -> String {
    var result = ""
    if case .ok(let value) = culprit.completion, value != .none { result = " -> \(value)" }
    if culprit.invocation.function == "read", case .ok(.none) = culprit.completion {
      result = " -> nil"
    }
    let states = explanation.possibleStates.prefix(4).joined(separator: " or ")
    let time = culprit.completionTime.map { ", answered at \($0)" } ?? ""
    let key = explanation.key.map { " of key \($0)" } ?? ""
    let input = culprit.invocation.input == .none ? "" : " \(culprit.invocation.input)"
    let asker = world.askers[explanation.operation.position].node
    return "\(asker): \(culprit.invocation.function)"
      + "\(input)\(key)\(result) is impossible\(time); the value could only be \(states)"
  }

  private mutating func judgeGoals(_ goals: [String]) {
    for goal in goals {
      let count = world.marks[goal] ?? 0
      results.append(
        Result(
          kind: .sometimes, name: goal, status: count > 0 ? .holds : .unknown,
          detail: count == 0 ? "not reached in this run" : count == 1 ? "once" : "\(count) times"))
    }
  }

  private var operationCounts: Outcome.OperationCounts {
    var counts = Outcome.OperationCounts()
    var changes: [(event: Int, change: Int)] = []
    for operation in world.history.operations {
      switch operation.completion {
      case .ok: counts.ok += 1
      case .fail: counts.fail += 1
      case .info: counts.info += 1
      }
      changes.append((operation.invokedAt, 1))
      if let end = operation.completedAt { changes.append((end, -1)) }
    }
    var open = 0
    for change in changes.sorted(by: { $0.event < $1.event }) {
      open += change.change
      counts.mostOpen = max(counts.mostOpen, open)
    }
    return counts
  }
}

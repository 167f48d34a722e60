import Determinism
import Histories

/// The search for the smallest number of last values that reads must be allowed to return.
struct KStalenessSearch {
  /// How many depths are tried, from the lower bound on.
  private static let rounds = 16

  private let history: History
  private let registers: RegisterHistory
  private let stale: StaleReads
  private let specification: KStaleRegisterSpecification
  private let limits: SearchLimits

  init(
    _ history: History, registers: RegisterHistory, initial: Value, limits: SearchLimits
  ) {
    self.history = history
    self.registers = registers
    self.limits = limits
    stale = StaleReads(registers)
    specification = KStaleRegisterSpecification(for: history, initial: initial, depth: 1)
  }

  /// Says whether a depth is enough, and which one is the smallest, as far as that can be told.
  func assess(_ chosen: Int) throws(SpecificationError) -> Assessment {
    var depth = stale.smallestDepth
    var answer: Verdict?
    search: for _ in 0..<Self.rounds {
      let verdict = try verdict(depth)
      if depth == chosen { answer = verdict }
      switch verdict {
      case .valid where depth <= chosen:
        return assessment(verdict, chosen: chosen, fact: "smallest-k", depth: depth)
      case .valid: return assessment(answer, chosen: chosen, fact: "smallest-k", depth: depth)
      case .unknown: break search
      case .invalid: depth += 1
      }
    }
    if chosen >= depth, answer == nil { answer = try verdict(chosen) }
    return assessment(answer, chosen: chosen, fact: "smallest-k-at-least", depth: depth)
  }

  private func verdict(_ depth: Int) throws(SpecificationError) -> Verdict {
    var specification = specification
    specification.depth = depth
    return try LinearizabilityChecker(specification, limits: limits).check(history)
  }

  /// The answer about the chosen depth; without a verdict it is below the lower bound.
  private func assessment(
    _ verdict: Verdict?, chosen: Int, fact: String, depth: Int
  ) -> Assessment {
    var assessment = verdict.map { Assessment($0) } ?? Assessment(.invalid)
    assessment.facts = [Assessment.Fact(fact, value: .integer(Int64(depth)))]
    guard assessment.outcome == .invalid else { return assessment }
    assessment.anomalies = stale.anomalies(depth: chosen)
    if assessment.anomalies.isEmpty, let explanation = assessment.explanation {
      let words = registers.words(explanation.operation.position)
      assessment.anomalies = [
        Anomaly(
          "stale-read", key: explanation.key, operations: [explanation.operation],
          text: "no order of the operations up to the completion of \(words) lets every read "
            + "return one of the last \(chosen == 1 ? "value" : "\(chosen) values")")
      ]
    }
    return assessment
  }
}

import Checking
import Determinism
import Histories

extension Audit {
  /// A judge that follows a history beside brute force on each of its prefixes.
  static func online<Specification>(
    _ name: String, histories: RandomHistories<Specification>
  ) -> Audit {
    let specification = histories.specification
    let twin = BruteForceLinearizability(specification: specification, outputs: histories.outputs)
    return Audit("online \(name)") { seed in
      let history = try histories.make(seed: seed)
      let final = try LinearizabilityChecker(specification).check(history)
      var eager = OnlineLinearizability(specification, firstCheck: 1, growthPercent: 0)
      var lazy = OnlineLinearizability(specification, firstCheck: 2)
      var isValid = true
      for eventCount in 1...history.eventCount {
        let prefix = history.prefix(eventCount: eventCount)
        isValid = try twin.isLinearizable(prefix)
        let found = try eager.observe(prefix)
        guard (found == nil) == isValid else {
          return Comparison(isValid: isValid, mismatch: "wrong after \(eventCount) events")
        }
        if let found, found.event >= eventCount {
          return Comparison(isValid: isValid, mismatch: "blames an event of the future")
        }
        if try lazy.observe(prefix) != nil, found == nil {
          return Comparison(isValid: isValid, mismatch: "rejected before it was invalid")
        }
      }
      let isRejected = if case .invalid = try lazy.finish(history) { true } else { false }
      guard isRejected != isValid else {
        return Comparison(isValid: isValid, mismatch: "wrong in the end")
      }
      guard case .invalid(let explanation) = final, let early = eager.explanation else {
        return Comparison(isValid: isValid)
      }
      return Comparison(
        isValid: isValid,
        mismatch: explanation.event <= early.event ? nil : "who knows more should blame earlier")
    }
  }
}

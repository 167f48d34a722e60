import Checking
import Histories

extension Audit {
  /// The search for a linearization beside brute force, with every verdict held to its evidence.
  static func linearizability<Specification>(
    _ name: String, _ histories: RandomHistories<Specification>
  ) -> Audit {
    let checker = LinearizabilityChecker(histories.specification)
    let verifier = LinearizationVerifier(histories.specification)
    let twin = BruteForceLinearizability(specification: histories.specification)
    return Audit("linearizable \(name)") { seed in
      let history = try histories.make(seed: seed)
      let isValid = try twin.isLinearizable(history)
      switch try checker.check(history) {
      case .valid(let linearization):
        if !isValid { return Comparison(isValid: isValid, mismatch: "accepted, though invalid") }
        return Comparison(
          isValid: isValid, mismatch: try verifier.complaint(about: linearization, of: history))
      case .invalid(let explanation):
        if isValid { return Comparison(isValid: isValid, mismatch: "rejected, though valid") }
        guard try twin.isLinearizable(history, before: explanation.event) else {
          return Comparison(isValid: isValid, mismatch: "the prefix should be valid")
        }
        let isBlamed = try !twin.isLinearizable(history, before: explanation.event + 1)
        return Comparison(
          isValid: isValid, mismatch: isBlamed ? nil : "the named completion should be impossible")
      case .unknown:
        return Comparison(isValid: isValid, mismatch: "a small history should be decided")
      }
    }
  }
}

import Checking
import Histories

extension Audit {
  /// All sixteen choices of session guarantees beside their definition.
  static func sessions(_ name: String, histories: RandomReplicas) -> Audit {
    let words = ["ryw", "mr", "mw", "wfr"]
    let choices: [(checker: Checker?, choice: Int)] = (1..<16).map { choice in
      let chosen = words.indices.filter { choice >> $0 & 1 == 1 }.map { words[$0] }
      return (
        Checkers.named("sessions?guarantees=\(chosen.joined(separator: ","))"), choice
      )
    }
    return Audit("sessions, \(name)") { seed in
      let history = histories.make(seed: seed)
      let holding = BruteForceSessions(history).holding
      var mismatch: String?
      for (checker, choice) in choices {
        let expected: Assessment.Outcome = holding >> choice & 1 == 1 ? .valid : .invalid
        let outcome = try checker?.check(history).outcome
        if outcome != expected { mismatch = "choice \(choice) should be \(expected)" }
      }
      return Comparison(isValid: holding >> 15 & 1 == 1, mismatch: mismatch)
    }
  }

  /// Causal memory beside its definition.
  static func causal(_ name: String, histories: RandomReplicas) -> Audit {
    Audit("causal, \(name)") { seed in
      let history = histories.make(seed: seed)
      let isCausal = BruteForceSessions(history).isCausal
      let outcome = try Checkers.named("causal")?.check(history).outcome
      let isExpected = outcome == (isCausal ? .valid : .invalid)
      return Comparison(
        isValid: isCausal, mismatch: isExpected ? nil : "causal should be \(isCausal)")
    }
  }
}

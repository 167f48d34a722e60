import Checking
import Histories

extension Audit {
  /// Convergence beside its definition; seeds take turns with the options.
  static func convergence(_ name: String, histories: RandomReplicas) -> Audit {
    Audit("convergence, \(name)") { seed in
      let history = histories.make(seed: seed)
      let isTail = seed % 2 == 0
      let quiet = Int(seed % 3)
      let twin = BruteForceConvergence(
        operations: Array(history.operations), isTail: isTail, quiet: quiet,
        hasTimes: histories.hasTimes)
      let final = isTail ? "tail" : "last-per-process"
      let name = "convergence?final=\(final)&quiet=\(quiet)"
      let outcome = try Checkers.named(name)?.check(history).outcome
      let isExpected =
        switch (outcome, twin.isValid) {
        case (.valid, true), (.invalid, false), (.unknown, nil): true
        default: false
        }
      return Comparison(
        isValid: twin.isValid == true,
        mismatch: isExpected
          ? nil
          : "\(name) should be \(twin.isValid.map(String.init) ?? "unknown")")
    }
  }
}

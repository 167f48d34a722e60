import Checking
import Histories

extension Audit {
  /// Consistent prefixes beside their definition; seeds take turns with the order to respect.
  static func consistentPrefix(_ name: String, histories: RandomReplicas) -> Audit {
    Audit("consistent-prefix, \(name)") { seed in
      let history = histories.make(seed: seed)
      let isRealTime = seed % 2 == 0
      let isValid = BruteForcePrefix(history, isRealTime: isRealTime).isValid
      let order = isRealTime ? "real-time" : "session"
      let assessment = try Checkers.named("consistent-prefix?order=\(order)")?.check(history)
      var mismatch: String?
      if assessment?.outcome != (isValid ? .valid : .invalid) {
        mismatch = "the verdict should be \(isValid)"
      }
      return Comparison(isValid: isValid, mismatch: mismatch)
    }
  }
}

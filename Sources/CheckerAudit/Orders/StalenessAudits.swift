import Checking
import Histories

extension Audit {
  /// The smallest k of k-atomicity beside its definition, and the verdict for a k up to 2.
  static func kStaleness(_ name: String, histories: RandomReplicas) -> Audit {
    Audit("k-staleness, \(name)") { seed in
      let history = histories.make(seed: seed)
      let smallest = BruteForceStaleness(history).smallestDepth
      let k = 1 + Int(seed % 2)
      let assessment = try Checkers.named("k-staleness?k=\(k)")?.check(history)
      let found = assessment?.facts.first { $0.name == "smallest-k" }?.value
      let isValid = smallest.map { $0 <= k } ?? false
      var mismatch: String?
      if assessment?.outcome != (isValid ? .valid : .invalid) {
        mismatch = "the verdict should be \(isValid)"
      } else if found != smallest.map({ .integer(Int64($0)) }) {
        mismatch = "the smallest k should be \(smallest.map(String.init) ?? "none")"
      } else if isValid && assessment?.linearization == nil {
        mismatch = "the certificate is missing"
      }
      return Comparison(isValid: isValid, mismatch: mismatch)
    }
  }

  /// The smallest Δ of Δ-atomicity beside its definition, and the verdict for a Δ up to 3.
  static func deltaStaleness(_ name: String, histories: RandomReplicas) -> Audit {
    Audit("delta-staleness, \(name)") { seed in
      let history = histories.make(seed: seed)
      let smallest = BruteForceStaleness(history).smallestSpan(
        hasTimes: histories.hasTimes, most: 3 * history.eventCount)
      let delta = Int(seed % 4)
      let assessment = try Checkers.named("delta-staleness?delta=\(delta)")?.check(history)
      let found = assessment?.facts.first?.value
      let isValid = smallest.map { $0 <= delta } ?? false
      var mismatch: String?
      if assessment?.outcome != (isValid ? .valid : .invalid) {
        mismatch = "the verdict should be \(isValid)"
      } else if found != smallest.map({ .integer(Int64($0)) }) {
        mismatch = "the smallest delta should be \(smallest.map(String.init) ?? "none")"
      }
      return Comparison(isValid: isValid, mismatch: mismatch)
    }
  }
}

import Checking

extension Verdict {
  /// The certificate of a valid history.
  var linearization: Linearization? {
    if case .valid(let linearization) = self { linearization } else { nil }
  }

  /// The explanation of an invalid history.
  var explanation: Explanation? {
    if case .invalid(let explanation) = self { explanation } else { nil }
  }
}

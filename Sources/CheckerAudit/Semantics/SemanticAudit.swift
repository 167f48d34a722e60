import Checking
import Determinism
import Histories

/// What a definition says about a history.
struct Expectation {
  enum Answer: Equatable {
    case valid
    case invalid
    case unknown
  }

  var answer: Answer
  /// What facts should add up to.
  var counts: [(facts: [String], count: Int)]
  /// Which facts should be more than zero, and which zero.
  var present: [(fact: String, isPresent: Bool)]

  /// Creates an expectation; what is wrong takes precedence over what is doubtful.
  init(
    isWrong: Bool, isDoubtful: Bool = false, counts: [(facts: [String], count: Int)] = [],
    present: [(fact: String, isPresent: Bool)] = []
  ) {
    answer = isWrong ? .invalid : isDoubtful ? .unknown : .valid
    self.counts = counts
    self.present = present
  }
}

extension Audit {
  /// A checker by name and options beside a definition, on histories of a real object.
  static func semantic<State>(
    _ name: String, runs: ClientRuns<State>,
    expected: @escaping @Sendable (History) throws -> Expectation
  ) -> Audit {
    Audit(name) { seed in
      let history = runs.make(seed: seed)
      guard let checker = Checkers.named(name) else {
        return Comparison(isValid: false, mismatch: "there is no checker \(name)")
      }
      let assessment = try checker.check(history)
      let expectation = try expected(history)
      return Comparison(
        isValid: expectation.answer == .valid, mismatch: expectation.mismatch(with: assessment))
    }
  }
}

extension Expectation {
  /// How an assessment differs from what was expected, or nil if it does not.
  func mismatch(with assessment: Assessment) -> String? {
    let actual: Answer =
      switch assessment.outcome {
      case .valid: .valid
      case .invalid: .invalid
      case .unknown: .unknown
      }
    guard actual == answer else { return "\(actual), though \(answer)" }
    let value = { (name: String) in
      assessment.facts.first { $0.name == name }?.value.number ?? 0
    }
    for (names, count) in counts {
      let sum = names.map(value).reduce(0, +)
      if sum != Int64(count) { return "\(names) is \(sum), not \(count)" }
    }
    for (name, isPresent) in present where (value(name) > 0) != isPresent {
      return "\(name) is \(value(name)), which should be \(isPresent ? "more than zero" : "zero")"
    }
    return nil
  }
}

extension History {
  /// The operations with some function, with their identities.
  func all(_ functions: String...) -> [(id: OperationID, operation: Operation)] {
    operations.indices.filter { functions.contains(operations[$0].invocation.function) }
      .map { (OperationID($0), operations[$0]) }
  }
}

extension Operation {
  /// What it returned, if it succeeded.
  var returned: Value? {
    if case .ok(let value) = completion { value } else { nil }
  }

  /// The event of its completion, after all others if there is none.
  var endedAt: Int { completedAt ?? .max }
}

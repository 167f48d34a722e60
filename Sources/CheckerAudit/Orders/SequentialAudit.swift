import Checking
import Histories

extension Audit {
  /// The search for a sequential order beside brute force, with every verdict held to its evidence.
  static func sequential<Specification>(
    _ name: String, histories: RandomHistories<Specification>
  ) -> Audit {
    let checker = SequentialConsistencyChecker(histories.specification)
    let twin = BruteForceSequential(histories.specification)
    return Audit("sequential \(name)") { seed in
      let history = try histories.make(seed: seed)
      let isValid = try twin.isSequential(history)
      let assessment = try checker.check(history)
      var mismatch: String?
      switch assessment.outcome {
      case .valid where !isValid: mismatch = "accepted, though invalid"
      case .invalid where isValid: mismatch = "rejected, though valid"
      case .unknown: mismatch = "a small history should be decided"
      case .valid:
        let order = assessment.linearization?.partitions.first?.order ?? []
        mismatch = try checker.complaint(about: order, of: history)
      case .invalid:
        mismatch = try flaw(
          in: assessment.anomalies.first?.operations ?? [], history: history, twin: twin)
      }
      return Comparison(isValid: isValid, mismatch: mismatch)
    }
  }

  /// Why a part of a history is not minimal, if it is not.
  private static func flaw<Specification>(
    in part: [OperationID], history: History, twin: BruteForceSequential<Specification>
  ) throws -> String? {
    if try twin.isSequential(history.selecting(part)) { return "the part is valid" }
    for left in part {
      let smaller = history.selecting(part.filter { $0 != left })
      if try !twin.isSequential(smaller) { return "the part can be smaller" }
    }
    return nil
  }
}

extension Audits {
  /// Sequential consistency of several kinds of object.
  static var sequential: [Audit] {
    let values = (1...3).map { Value.integer($0) }
    return [
      .sequential(
        "cas-register",
        histories: RandomHistories(
          specification: RegisterSpecification(), calls: registerCalls(key: .none),
          spoiltPercent: 60)),
      .sequential(
        "key-value",
        histories: RandomHistories(
          specification: RegisterSpecification(),
          calls: registerCalls(key: .text("x")) + registerCalls(key: .text("y")),
          spoiltPercent: 60)),
      .sequential(
        "stack",
        histories: RandomHistories(
          specification: PoolSpecification(.lastInFirstOut),
          calls: RandomHistories.calls("push", inputs: values)
            + RandomHistories.calls("pop", outputs: [.none] + values), spoiltPercent: 60)),
    ]
  }
}

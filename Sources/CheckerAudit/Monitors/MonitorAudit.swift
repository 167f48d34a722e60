import Checking
import Histories

extension Audit {
  /// A monitor beside brute force, with every answer held to its evidence.
  ///
  /// A monitor that declines to answer has answered wrongly, unless it may.
  static func monitor<Specification>(
    _ name: String, histories: DistinctHistories<Specification>,
    monitor: (Specification) -> Monitor<Specification>, mayDecline: Bool = false
  ) -> Audit {
    let monitor = monitor(histories.specification)
    return Audit("monitored \(name)") { seed in
      let history = try histories.make(seed: seed)
      let evidence = Evidence(specification: histories.specification, history: history)
      let twin = BruteForceLinearizability(
        specification: histories.specification, outputs: histories.outputs(in: history))
      let isValid = try twin.isLinearizable(history)
      var mismatch: String?
      for answer in try monitor.answers(for: history, specification: histories.specification) {
        switch answer.judgement {
        case .notApplicable(let reason): mismatch = mayDecline ? nil : "declined: \(reason)"
        case .valid(let order):
          mismatch = try isValid ? evidence.complaint(about: order) : "accepted, though invalid"
        case .invalid(let explanation):
          mismatch =
            try isValid
            ? "rejected, though valid" : evidence.complaint(about: explanation, twin: twin)
        }
      }
      return Comparison(isValid: isValid, mismatch: mismatch)
    }
  }

  /// A monitor beside the search, on histories that are too long for brute force.
  ///
  /// Both blame the same completion, and what a monitor calls a conflict is one for the search.
  static func lengthyMonitor<Specification>(
    _ name: String, histories: DistinctHistories<Specification>,
    monitor: (Specification) -> Monitor<Specification>
  ) -> Audit {
    let monitor = monitor(histories.specification)
    var histories = histories
    histories.operations = 200
    histories.crashPercent = 1
    histories.spoiltPercent = 40
    return Audit("monitored at length: \(name)") { [histories] seed in
      let history = try histories.make(seed: seed)
      let evidence = Evidence(specification: histories.specification, history: history)
      let search = LinearizabilityChecker(
        histories.specification, limits: SearchLimits(configurations: 20_000))
      let verdict = try search.check(history)
      var isValid = false
      if case .valid = verdict { isValid = true }
      var mismatch: String?
      for answer in try monitor.answers(for: history, specification: histories.specification) {
        switch (verdict, answer.judgement) {
        case (.unknown, _), (_, .notApplicable): break
        case (.valid, .valid(let order)): mismatch = try evidence.complaint(about: order)
        case (.invalid(let found), .invalid(let explanation)):
          mismatch = try evidence.complaint(about: explanation, besides: found, search: search)
        case (.valid, .invalid): mismatch = "rejected, though valid"
        case (.invalid, .valid): mismatch = "accepted, though invalid"
        }
      }
      return Comparison(isValid: isValid, mismatch: mismatch)
    }
  }
}

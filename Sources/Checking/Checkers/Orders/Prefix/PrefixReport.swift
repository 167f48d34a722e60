import Determinism
import Histories

/// Puts the answer of the search for an order of writes into words.
struct PrefixReport {
  private let history: PrefixHistory

  init(_ history: PrefixHistory) {
    self.history = history
  }

  func assess(_ constraints: PrefixConstraints, limits: SearchLimits) -> Assessment {
    var search = PrefixSearch(history, choices: constraints.choices, limits: limits)
    let answer = search.run(constraints.graph)
    var assessment = assessment(answer)
    if assessment.outcome == .valid, let advice = history.advice {
      assessment = Assessment(.unknown(advice: advice))
    }
    // Reads that may show that two writes are in the wrong order.
    let telling = history.reads.count { read in
      read.sights.count > 1 || read.sights.contains { history.isList[$0.key] == true }
    }
    assessment.facts = [Assessment.Fact("prefix-reads", value: .integer(Int64(telling)))]
    if telling == 0 {
      assessment.facts.append(
        Assessment.Fact("unobservable", value: .list([.keyword("consistent-prefix")])))
    }
    return assessment
  }

  private func assessment(_ answer: PrefixSearch.Answer) -> Assessment {
    switch answer {
    case .order(let order):
      let order = order.filter { isPart($0) }.map { OperationID($0) }
      return Assessment(
        .valid, linearization: Linearization(partitions: [.init(key: nil, order: order)]))
    case .cycle(let cycle):
      return Assessment(.invalid, anomalies: [describe(cycle)])
    case .dilemma(let choice, let other):
      let (read, write) = (history.words(choice.read), history.words(choice.write))
      return Assessment(
        .invalid,
        anomalies: [
          Anomaly(
            "inconsistent-prefix", key: history.keys[choice.key],
            operations: [choice.read, choice.write, other].sorted().map { OperationID($0) },
            text: "\(history.words(other)) can come neither before \(write) nor after \(read), "
              + "which saw the latter: either way other reads contradict")
        ])
    case .exhausted:
      return Assessment(
        .unknown(
          advice: "the order of writes stays open: let each key be written by one process, check "
            + "a shorter history, or allow more configurations and memory"))
    }
  }

  private func isPart(_ operation: Int) -> Bool {
    if history.isWrite[operation] { return true }
    guard case .ok = history.operations[operation].completion else { return false }
    return true
  }

  private func describe(_ cycle: [ReasonGraph<PrefixReason>.Edge]) -> Anomaly {
    var operations: [Int] = []
    var sentences: [String] = []
    var source = 0
    for edge in cycle {
      if edge.source < history.operations.count { source = Int(edge.source) }
      operations.append(source)
      guard edge.target < history.operations.count else { continue }
      let target = Int(edge.target)
      if case .listed(let read) = edge.reason { operations.append(read) }
      if case .overwritten(let read) = edge.reason { operations.append(read) }
      sentences.append("\(history.words(source)) \(because(edge.reason, target: target))")
    }
    return Anomaly(
      "inconsistent-prefix", operations: Set(operations).sorted().map { OperationID($0) },
      text: "a cycle: " + sentences.joined(separator: "; "))
  }

  private func because(_ reason: PrefixReason, target: Int) -> String {
    let other = history.words(target)
    return switch reason {
    case .seen: "was seen by \(other)"
    case .missed: "did not see \(other)"
    case .listed(let read): "comes right before \(other) in \(history.words(read))"
    case .precedence: "precedes \(other) in the history"
    case .overwritten(let read): "comes before \(history.words(read)), which saw \(other) instead"
    case .hidden: "did not see \(other), which comes after what it saw"
    case .helper: preconditionFailure("a helper is half a reason")
    }
  }
}

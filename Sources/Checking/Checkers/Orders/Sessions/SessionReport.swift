import Determinism
import Histories

/// Judges a history by session guarantees, and puts contradictions into words.
struct SessionReport {
  private typealias Reason = SessionConstraints.Reason

  private let history: SessionHistory

  init(_ history: SessionHistory) {
    self.history = history
  }

  /// One anomaly for each choice of guarantees that fails although every smaller one holds.
  func anomalies(_ guarantees: SessionGuarantees) -> [Anomaly] {
    guard contradiction(guarantees) != nil else { return [] }
    var failing: [SessionGuarantees] = []
    var anomalies: [Anomaly] = []
    for choice in guarantees.subsets where !failing.contains(where: choice.isSuperset) {
      guard var anomaly = contradiction(choice) else { continue }
      failing.append(choice)
      anomaly.name = choice.names.joined(separator: "+")
      anomalies.append(anomaly)
    }
    return anomalies
  }

  private func contradiction(_ guarantees: SessionGuarantees) -> Anomaly? {
    let constraints = SessionConstraints(history, guarantees: guarantees)
    if let (read, write, reason) = constraints.missed {
      let key = history.registers.operations[read].invocation.key
      let cause = because(write, target: nil, rule: reason.rule, reads: reason.reads)
      return Anomaly(
        "", key: key, operations: [OperationID(write)] + reason.reads.map { OperationID($0) },
        text: "\(words(write)) must be seen by \(words(read)) because \(cause)")
    }
    return constraints.graph.shortCycle().map(describe)
  }

  /// Turns a cycle of demands into an anomaly; edges to helpers belong to the next whole one.
  private func describe(_ cycle: [ReasonGraph<Reason>.Edge]) -> Anomaly {
    var operations: [OperationID] = []
    var sentences: [String] = []
    var source = 0
    var reads: [Int] = []
    for edge in cycle {
      if edge.source < history.registers.operations.count { source = Int(edge.source) }
      reads += edge.reason.reads
      guard edge.target < history.registers.operations.count else { continue }
      let target = Int(edge.target)
      operations += ([source] + reads).map { OperationID($0) }
      sentences.append(
        "\(words(source)) must be ordered before \(words(target)) because "
          + because(source, target: target, rule: edge.reason.rule, reads: reads))
      reads = []
    }
    let keys = operations.map { history.registers.operations[$0.position].invocation.key }
    return Anomaly(
      "", key: keys.allSatisfy { $0 == keys[0] } ? keys[0] : nil,
      operations: operations.sorted().reduce(into: []) { if $0.last != $1 { $0.append($1) } },
      text: sentences.joined(separator: "; "))
  }

  private func because(
    _ source: Int, target: Int?, rule: Reason.Rule, reads: [Int]
  ) -> String {
    let process = history.process(of: reads.last ?? source)
    let value = target.map { "\(history.registers.operations[$0].invocation.input)" }
    let result = value ?? "the initial value"
    return switch rule {
    case .readYourWrites: "process \(process) had made it when it read \(result)"
    case .monotonicReads: "process \(process) had seen it when it read \(result)"
    case .monotonicWrites: "process \(process) made them in this order"
    case .writesFollowReads: "process \(process) had seen it when it wrote \(result)"
    case .helper: preconditionFailure("a helper is half a reason")
    }
  }

  private func words(_ operation: Int) -> String { history.registers.words(operation) }
}

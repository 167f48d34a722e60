import Determinism
import Histories

extension CausalOrder {
  /// Why demands cannot all be met, or nil if they can.
  func contradiction(_ demands: [CausalConstraints.Demand]) -> Anomaly? {
    if let missed = demands.first(where: { $0.seen == nil }) { return describe(missed) }
    var graph = graph
    for demand in demands {
      guard let seen = demand.seen else { continue }
      graph.addEdge(demand.write, target: seen, reason: .hidden(demand.read))
    }
    guard let cycle = graph.shortCycle() else { return nil }
    var (operations, sentences) = describe(cycle)
    for edge in cycle {
      guard case .hidden(let read) = edge.reason else { continue }
      let (path, causes) = history(from: Int(edge.source), to: read)
      operations += path
      sentences += causes
    }
    return Anomaly(
      "causal-cycle", operations: Set(operations).sorted().map { OperationID($0) },
      text: sentences.joined(separator: "; "))
  }

  /// A read of an initial value although a write happened before it.
  private func describe(_ missed: CausalConstraints.Demand) -> Anomaly {
    let (operations, causes) = history(from: missed.write, to: missed.read)
    let call = registers.operations[missed.read].invocation
    return Anomaly(
      "missed-write", key: call.key, operations: operations.map { OperationID($0) },
      text: "\(registers.words(missed.write)) happened before \(registers.words(missed.read)), "
        + "which missed it: \(causes.joined(separator: "; "))")
  }

  /// How one operation happened before another.
  private func history(from write: Int, to read: Int) -> (operations: [Int], sentences: [String]) {
    describe(graph.shortPath(from: write, to: read) ?? [])
  }
}

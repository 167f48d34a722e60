import Determinism
import Histories

extension Checker {
  /// Causal memory of registers with distinct values, with one order of writes for all.
  ///
  /// There must be a set of writes that each read sees, and one total order of writes, such that
  /// every read of a key returns the last write of it among those seen, or the initial value; and
  /// what happened before (in a session, or by being seen) is seen, and comes first in the order.
  static let causal = Checker(
    "causal",
    guide: Guide(
      summary: "causal memory of registers; each process is a session, values are distinct",
      guarantee: """
        causal convergence: all results are explained by one order of writes and by reads that see \
        whatever happened before them, in their session or by way of what others wrote and read; \
        implies all four session guarantees. Concurrent writes come in the same order for \
        everybody, which plain causal memory does not demand
        """,
      complexity: "O(n * s) for s sessions, and the search for writes of a key by halving",
      source: """
        Ahamad et al., Causal Memory (Distributed Computing 1995); Bouajjani et al., On Verifying \
        Causal Consistency (POPL 2017), whose CCv this is
        """,
      failure: """
        {:process 0 :type :invoke :f :write :key :post :value 1}
        {:process 0 :type :ok :f :write :key :post :value 1}
        {:process 1 :type :invoke :f :read :key :post}
        {:process 1 :type :ok :f :read :key :post :value 1}
        {:process 1 :type :invoke :f :write :key :reply :value 2}
        {:process 1 :type :ok :f :write :key :reply :value 2}
        {:process 2 :type :invoke :f :read :key :reply}
        {:process 2 :type :ok :f :read :key :reply :value 2}
        {:process 2 :type :invoke :f :read :key :post}
        {:process 2 :type :ok :f :read :key :post :value nil}
        """),
    options: [RegisterHistory.initialOption]
  ) { (history, options, limits) throws(SpecificationError) in
    let registers = try RegisterHistory(history, initial: RegisterHistory.initial(options))
    return assessCausality(SessionHistory(registers), limits: limits)
  }

  private static func assessCausality(
    _ history: SessionHistory, limits: SearchLimits
  ) -> Assessment {
    let order = CausalOrder(history)
    var anomalies = history.registers.anomalies
    if anomalies.isEmpty, let future = order.futureRead { anomalies = [future] }
    guard anomalies.isEmpty else { return Assessment(.invalid, anomalies: anomalies) }
    guard history.sessionCount * history.steps.count <= limits.bytes / 4 else {
      return Assessment(
        .unknown(
          advice: "clocks of \(history.sessionCount) sessions for \(history.steps.count) "
            + "operations take too much memory: use fewer processes, or allow more"))
    }
    let sorted = order.graph.sources(.init(order.graph))
    let constraints = CausalConstraints(history, order: sorted)
    var facts = [Assessment.Fact("causal-tests", value: .integer(Int64(constraints.tests)))]
    if constraints.tests == 0 {
      facts.append(Assessment.Fact("unobservable", value: .list([.keyword("causal")])))
    }
    if let anomaly = order.contradiction(constraints.demands) {
      return Assessment(.invalid, anomalies: [anomaly], facts: facts)
    }
    let advice = history.registers.advice
    return Assessment(advice.map { .unknown(advice: $0) } ?? .valid, facts: facts)
  }
}

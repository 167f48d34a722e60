import Determinism
import Histories

extension Checker {
  /// The four session guarantees for registers with distinct values, in any combination.
  ///
  /// There must be a set of writes that each read sees (visibility), and one total order of writes
  /// (arbitration), such that every read of a key returns the last write of it among those seen, or
  /// the initial value; that nothing is seen before it was written, going by the order in sessions
  /// and by what reads returned; and that the chosen guarantees hold:
  ///
  /// - read your writes: a read sees the writes that its session made before;
  /// - monotonic reads: a read sees what earlier reads of its session saw;
  /// - monotonic writes: the writes of a session are arbitrated in its order;
  /// - writes follow reads: a write is arbitrated after what earlier reads of its session saw.
  ///
  /// Real time between sessions plays no part.
  static let sessions = Checker(
    "sessions",
    guide: Guide(
      summary: "session guarantees of registers; each process is a session, values are distinct",
      guarantee: """
        one order of writes and a set of writes that each read sees explain all results, and in \
        every session reads see its own writes (ryw) and what its reads saw before (mr), and \
        writes come after its own writes (mw) and after what its reads saw (wfr). All four \
        together do not make a causal memory (see causal): who sees a write need not see the \
        writes of other keys that its author had seen or made; and nothing is promised about when \
        a write is seen
        """,
      complexity: "O(n); an invalid history costs up to 15 times that, to name what fails",
      source: """
        Terry et al., Session Guarantees for Weakly Consistent Replicated Data (PDIS 1994); \
        formulas after Viotti and Vukolic, Consistency in Non-Transactional Distributed Storage \
        Systems (ACM Computing Surveys 2016)
        """,
      failure: """
        {:process 0 :type :invoke :f :write :value 1}
        {:process 0 :type :ok :f :write :value 1}
        {:process 0 :type :invoke :f :read}
        {:process 0 :type :ok :f :read :value nil}
        """),
    options: [
      CheckerOption(
        "guarantees", values: .words(SessionGuarantees.all.map(\.option)),
        meaning: "which guarantees to hold"),
      CheckerOption(
        "session", values: .word(["process"]),
        meaning: "what a session is: a process; after an unknown outcome clients go on as a new one"
      ),
      RegisterHistory.initialOption,
    ]
  ) { (history, options, _) throws(SpecificationError) in
    let words = options.words("guarantees")
    let chosen = SessionGuarantees.all.filter { words.contains($0.option) }
      .reduce(into: SessionGuarantees()) { $0.insert($1.guarantee) }
    let registers = try RegisterHistory(history, initial: RegisterHistory.initial(options))
    return assess(SessionHistory(registers), guarantees: chosen)
  }

  private static func assess(
    _ history: SessionHistory, guarantees: SessionGuarantees
  ) -> Assessment {
    var anomalies = history.registers.anomalies
    if anomalies.isEmpty, let future = CausalOrder(history).futureRead { anomalies = [future] }
    guard anomalies.isEmpty else { return Assessment(.invalid, anomalies: anomalies) }
    let coverage = SessionCoverage(history)
    let chosen = SessionGuarantees.all.filter { guarantees.contains($0.guarantee) }
    let tests = chosen.map { coverage.tests(of: $0.guarantee, among: guarantees) }
    var facts = zip(chosen, tests).map {
      Assessment.Fact("\($0.name)-tests", value: .integer(Int64($1)))
    }
    let untested = zip(chosen, tests).filter { $1 == 0 }.map { Value.keyword($0.0.name) }
    if !untested.isEmpty { facts.append(Assessment.Fact("unobservable", value: .list(untested))) }
    anomalies = SessionReport(history).anomalies(guarantees)
    if !anomalies.isEmpty { return Assessment(.invalid, anomalies: anomalies, facts: facts) }
    let advice = history.registers.advice
    return Assessment(advice.map { .unknown(advice: $0) } ?? .valid, facts: facts)
  }
}

import Determinism
import Histories

extension Checker {
  /// Registers whose reads may return what was current a bounded time ago (Δ-atomicity).
  ///
  /// A history is Δ-atomic when it becomes linearizable once every read is taken to have started
  /// earlier by Δ. The smallest Δ follows from the zones of values: each pair of values that
  /// contradict each other needs a span, which is found by halving.
  static let deltaStaleness = Checker(
    "delta-staleness",
    guide: Guide(
      summary:
        "registers whose reads may be old by a bounded time; the values of a key are distinct",
      guarantee: """
        the history is linearizable once every read is taken to have been invoked earlier by \
        delta; the smallest such delta is reported, in nanoseconds where the history has times, \
        else in events
        """,
      complexity: "O(n log n), and O(n) for each halving of the span; no limit on concurrency",
      source: "Golab, Li and Shah, Analyzing Consistency Properties for Fun and Profit (PODC 2011)",
      failure: """
        {:process 0 :type :invoke :f :write :value 1 :time 10}
        {:process 0 :type :ok :f :write :value 1 :time 20}
        {:process 1 :type :invoke :f :read :time 25}
        {:process 1 :type :ok :f :read :value nil :time 30}
        """),
    options: [
      CheckerOption(
        "delta", values: .number(minimum: 0, default: 0),
        meaning: "how old reads may be, in nanoseconds or, in a history without times, in events"),
      RegisterHistory.initialOption,
    ]
  ) { (history, options, _) throws(SpecificationError) in
    let registers = try RegisterHistory(history, initial: RegisterHistory.initial(options))
    let impossible = registers.anomalies + registers.futureReads
    guard impossible.isEmpty else { return Assessment(.invalid, anomalies: impossible) }
    if let advice = registers.advice { return Assessment(.unknown(advice: advice)) }
    return assess(registers, delta: options.number("delta") ?? 0)
  }

  private static func assess(_ registers: RegisterHistory, delta: Int64) -> Assessment {
    let staleness = DeltaStaleness(registers)
    let unit = staleness.hasTimes ? "nanoseconds" : "events"
    let needs = registers.keys.indices.compactMap { staleness.need(ofKey: $0) }
      .sorted { $0.span > $1.span }
    let smallest = Assessment.Fact(
      "smallest-delta-\(unit)", value: .integer(needs.first?.span ?? 0))
    let anomalies = needs.filter { $0.span > delta }.map {
      anomaly($0, registers: registers, unit: unit)
    }
    return Assessment(
      anomalies.isEmpty ? .valid : .invalid, anomalies: anomalies, facts: [smallest])
  }

  private static func anomaly(
    _ need: DeltaStaleness.Need, registers: RegisterHistory, unit: String
  ) -> Anomaly {
    let pairs = [(need.first, need.second), (need.second, need.first)]
    var operations: [Int] = []
    var sentences: [String] = []
    for (done, begun) in pairs {
      guard let late = begun.lastBegun(need.span - 1) else { continue }
      operations.append(late)
      guard let early = done.firstDone else { continue }
      operations.append(early)
      sentences.append(
        "\(registers.words(early)) completed before \(registers.words(late)) was invoked")
    }
    let key = operations.first.map { registers.operations[$0].invocation.key }
    return Anomaly(
      "stale-read", key: key, operations: Set(operations).sorted().map { OperationID($0) },
      text: "\(sentences.joined(separator: ", and ")); this fits together only if reads had been "
        + "invoked \(need.span) \(unit) earlier")
  }
}

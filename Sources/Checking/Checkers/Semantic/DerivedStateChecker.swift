import Histories

extension Checker {
  /// What is derived from a log is the fold of the log.
  ///
  /// The log is known from `append`, which returns the offset of its entry, counted from zero, and
  /// from `log`, which returns all entries so far. `derived` returns `[n state]`: the state after
  /// the first `n` entries.
  static var derivedState: Checker {
    Checker(
      "derived-state",
      guide: Guide(
        summary: "append, log and derived [n state]: the state is the fold of the first n entries",
        guarantee: "all readings of the log agree, every derived state equals the fold of the "
          + "entries that it claims to cover, and the last one covers every entry that was known "
          + "when it was read",
        complexity: "O(n log n) in the length of all reads together",
        source: "the definition of a materialised view, an index or a cache fed by a log",
        failure: """
          {:process 0 :type :invoke :f :append :value [:x 1]}
          {:process 0 :type :ok :f :append :value 0}
          {:process 1 :type :invoke :f :derived}
          {:process 1 :type :ok :f :derived :value [1 {:x 2}]}
          """),
      options: [
        CheckerOption(
          "fold", values: .word(["last-value", "count", "sum"]),
          meaning:
            "the last value of each key in entries [key value], where nil deletes; the number of "
            + "entries; or the sum of entries that are numbers"),
        CheckerOption(
          "final", values: .word(["caught-up", "any"]),
          meaning: "whether the last derived state has to cover all entries"),
      ]
    ) { (history, options, _) throws(SpecificationError) in
      var analysis = DerivedStateAnalysis(
        fold: options.word("fold"), mustCatchUp: options.word("final") == "caught-up")
      for object in ObjectHistory.all(of: history) { try analysis.add(object) }
      return analysis.assessment
    }
  }
}

/// Folds the log once and compares each derived state on the way.
private struct DerivedStateAnalysis {
  private struct Reading {
    let id: OperationID
    let invokedAt: Int
    let end: Int
    let count: Int
    let state: Value
  }

  private let fold: String
  private let mustCatchUp: Bool
  private var findings = Findings("wrong-state", "inconsistent-log", "behind")
  private var readCount = 0
  private var doubt: String?

  init(fold: String, mustCatchUp: Bool) {
    self.fold = fold
    self.mustCatchUp = mustCatchUp
  }

  mutating func add(_ object: ObjectHistory) throws(SpecificationError) {
    var log = ObservedLog()
    var readings: [Reading] = []
    for (id, operation) in object {
      switch operation.invocation.function {
      case "append", "log": try log.note(id, operation: operation)
      case "derived":
        guard let output = operation.output else { continue }
        guard case .list(let parts) = output, parts.count == 2, let count = parts[0].integer,
          count >= 0
        else {
          throw SpecificationError(
            operation, message: "\(output) is not [n state]",
            fix: "record how many entries it covers")
        }
        readings.append(
          Reading(
            id: id, invokedAt: operation.invokedAt, end: operation.end, count: Int(count),
            state: parts[1]))
      default: throw operation.foreign("derived-state", fix: "use append, log and derived")
      }
    }
    for (offset, first, second) in log.conflicts {
      findings.add(
        "inconsistent-log", key: object.key, operations: [first, second],
        text: "two entries have offset \(offset)")
    }
    try compare(readings, log: log, key: object.key)
    judgeLast(of: readings, log: log, key: object.key)
  }

  private mutating func compare(
    _ readings: [Reading], log: ObservedLog, key: Value
  ) throws(SpecificationError) {
    var state = FoldedState(fold)
    var covered = 0
    for reading in readings.sorted(by: { ($0.count, $0.id) < ($1.count, $1.id) }) {
      readCount += 1
      while covered < reading.count, let entry = log.entries[covered] {
        try state.apply(entry.value, of: entry.operation)
        covered += 1
      }
      guard covered == reading.count else {
        doubt = "a derived state covers entries that nobody knows: read the log at the end"
        continue
      }
      guard !state.equals(reading.state) else { continue }
      findings.add(
        "wrong-state", key: key, operations: [reading.id],
        text: "after \(covered) entries the state should be \(state.value), not \(reading.state)")
    }
  }

  private mutating func judgeLast(of readings: [Reading], log: ObservedLog, key: Value) {
    guard let last = readings.max(by: { $0.end < $1.end }) else {
      doubt = "the derived state was never read: read it at the end"
      return
    }
    guard mustCatchUp else { return }
    let known = log.extents.filter { $0.knownAt < last.invokedAt }
    guard let most = known.max(by: { ($0.count, $1.id) < ($1.count, $0.id) }),
      last.count < most.count
    else { return }
    findings.add(
      "behind", key: key, operations: [most.id, last.id],
      text: "the last derived state covers \(last.count) of at least \(most.count) entries")
  }

  var assessment: Assessment {
    findings.assessment([.count("derived-read-count", count: readCount)], doubt: doubt)
  }
}

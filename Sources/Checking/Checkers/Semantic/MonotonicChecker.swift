import Histories

extension Checker {
  /// The values of a key never go backwards.
  static var monotonic: Checker {
    Checker(
      "monotonic",
      guide: Guide(
        summary: "read and inc of numbers that only grow: nobody sees one go backwards",
        guarantee: "for each key, whoever looks after someone else has looked sees at least as "
          + "much; no two increments return the same number; the numbers in one read of a list "
          + "ascend; and reads of several keys fit into one order in which every key only grows",
        complexity: "O(n log n)",
        source: "Jepsen's tests monotonic of CockroachDB and TiDB, and tests/monotonic-cycle",
        failure: """
          {:process 0 :type :invoke :f :inc}
          {:process 0 :type :ok :f :inc :value 2}
          {:process 1 :type :invoke :f :read}
          {:process 1 :type :ok :f :read :value 1}
          """),
      options: [
        CheckerOption(
          "order", values: .word(["realtime", "process"]),
          meaning: "whether what one process saw binds all that look later, or only itself")
      ]
    ) { (history, options, _) throws(SpecificationError) in
      var findings = Findings("backwards", "repeated", "reordered", "skew")
      let analysis = try MonotonicAnalysis(
        Glimpses(history, &findings), byProcess: options.word("order") == "process")
      let isRepeated = analysis.findRepetitions(&findings)
      analysis.findRegressions(&findings, except: isRepeated)
      analysis.findSkew(&findings)
      return findings.assessment([.count("observation-count", count: analysis.glimpseCount)])
    }
  }
}

/// Compares what was seen of each key, one way for each kind of anomaly.
private struct MonotonicAnalysis {
  private let glimpses: [Glimpse]
  private let keys: Numbering<Value>
  private let byProcess: Bool

  var glimpseCount: Int { glimpses.count }

  init(_ all: Glimpses, byProcess: Bool) {
    glimpses = all.glimpses
    keys = all.keys
    self.byProcess = byProcess
  }

  private struct Scope: Hashable {
    let key: Int
    let process: ProcessID?
  }

  private func key(_ glimpse: Glimpse) -> Value { keys.elements[glimpse.key] }

  private struct Result: Hashable {
    let key: Int
    let rank: Int64
  }

  /// Looks for increments that returned the same value, whenever they happened, and returns which.
  func findRepetitions(_ findings: inout Findings) -> [Bool] {
    var results = Numbering<Result>()
    var first: [OperationID] = []
    var isRepeated = Array(repeating: false, count: glimpses.count)
    for (place, glimpse) in glimpses.enumerated() where glimpse.isIncrement {
      let number = Int(results.number(of: Result(key: glimpse.key, rank: glimpse.rank)))
      if number == first.count {
        first.append(glimpse.id)
      } else {
        isRepeated[place] = true
        findings.add(
          "repeated", key: key(glimpse), operations: [first[number], glimpse.id],
          text: "two increments returned \(glimpse.text)")
      }
    }
    return isRepeated
  }

  /// Remembers the greatest value whose glimpse had ended, and compares it with what begins.
  func findRegressions(_ findings: inout Findings, except isRepeated: [Bool]) {
    var scopes = Numbering<Scope>()
    let scope = glimpses.map {
      Int(scopes.number(of: Scope(key: $0.key, process: byProcess ? $0.process : nil)))
    }
    let byEnd = glimpses.indices.sorted { glimpses[$0].end < glimpses[$1].end }
    var greatest: [Glimpse?] = Array(repeating: nil, count: scopes.elements.count)
    var ended = 0
    for (place, glimpse) in glimpses.enumerated() {
      while ended < byEnd.count, glimpses[byEnd[ended]].end < glimpse.invokedAt {
        let candidate = glimpses[byEnd[ended]]
        let best = greatest[scope[byEnd[ended]]]
        if best.map({ $0.rank < candidate.rank }) ?? true {
          greatest[scope[byEnd[ended]]] = candidate
        }
        ended += 1
      }
      guard let best = greatest[scope[place]] else { continue }
      if glimpse.rank < best.rank {
        findings.add(
          "backwards", key: key(glimpse), operations: [best.id, glimpse.id],
          text: "\(glimpse.text) was seen after \(best.text)")
      } else if glimpse.isIncrement, !isRepeated[place], glimpse.rank == best.rank {
        findings.add(
          "repeated", key: key(glimpse), operations: [best.id, glimpse.id],
          text: "an increment returned \(glimpse.text), which had been seen before")
      }
    }
  }

  /// Looks for reads of several keys that no order satisfies.
  ///
  /// The reads with one value of a key come before those with greater ones. A node between each
  /// value and the next keeps the number of edges linear.
  func findSkew(_ findings: inout Findings) {
    var reads: [OperationID] = []
    var seen: [(key: Int, rank: Int64, read: Int)] = []
    for (place, glimpse) in glimpses.enumerated() {
      let isAlone =
        (place == 0 || glimpses[place - 1].id != glimpse.id)
        && (place + 1 == glimpses.count || glimpses[place + 1].id != glimpse.id)
      if isAlone { continue }
      if reads.last != glimpse.id { reads.append(glimpse.id) }
      seen.append((glimpse.key, glimpse.rank, reads.count - 1))
    }
    seen.sort { ($0.key, $0.rank, $0.read) < ($1.key, $1.rank, $1.read) }
    var edges: [(from: Int, to: Int)] = []
    var gate = reads.count
    for (place, entry) in seen.enumerated() {
      if place > 0, seen[place - 1].key != entry.key {
        gate += 2
      } else if place > 0, seen[place - 1].rank != entry.rank {
        gate += 1
        edges.append((gate - 1, gate))
      }
      // Gate g stands before the reads with a value, gate g + 1 behind them.
      edges.append((gate, entry.read))
      edges.append((entry.read, gate + 1))
    }
    let graph = DependencyGraph(nodeCount: gate + 2, edges: edges)
    for component in graph.cyclicComponents() {
      let cycle = graph.cycle(in: component).filter { $0 < reads.count }.map { reads[$0] }
      findings.add(
        "skew", operations: cycle,
        text: "these reads of several keys fit into no order in which every key grows")
    }
  }
}

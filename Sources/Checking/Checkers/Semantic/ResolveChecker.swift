import Histories

extension Checker {
  /// A write that timed out takes effect before whatever is asked afterwards, or never.
  ///
  /// Linearizability lets an operation with an unknown outcome take effect at any later time.
  /// Strict linearizability (Aguilera and Frølund 2003, "Strict linearizability and the power of
  /// aborting") does not: once its client has given up, it has taken effect or never will, as far
  /// as operations that begin later can tell. This is what a protocol promises whose later reads
  /// and writes finish or fence off what they find half done. A timed-out write of a value that
  /// somebody read is therefore judged as if it had completed at its timeout, and one that nobody
  /// read as if it had never happened. Writes that never ended have no timeout and stay open.
  ///
  /// Values must be distinct, so that zones decide (Gibbons and Korach 1997, theorem 4.1). A `cas`
  /// counts as a read and a write, which may be apart: a violation is one, but some escape.
  static var resolve: Checker {
    Checker(
      "resolve",
      guide: Guide(
        summary: "read, write and cas of distinct values: a timed-out write does not surface late",
        guarantee: "each key is strictly linearizable: linearizable, and a write with an unknown "
          + "outcome takes effect before every operation that was invoked after its timeout, or "
          + "never",
        complexity: "O(n log n)",
        source: "Aguilera and Frølund 2003 (strict linearizability); Gibbons and Korach 1997",
        failure: """
          {:process 0 :type :invoke :f :write :value 1}
          {:process 0 :type :info :f :write :value 1}
          {:process 1 :type :invoke :f :read}
          {:process 1 :type :ok :f :read :value nil}
          {:process 1 :type :invoke :f :read}
          {:process 1 :type :ok :f :read :value 1}
          """),
      options: [
        CheckerOption(
          "initial", values: .number(minimum: .min, default: nil),
          meaning: "the value before the first write; by default nil")
      ]
    ) { (history, options, _) throws(SpecificationError) in
      var findings = Findings("surfaced", "not-linearizable")
      let initial = options.number("initial").map { Value.integer($0) } ?? .none
      var timeouts = 0
      var doubt: String?
      for object in ObjectHistory.all(of: history) {
        let clusters = try ValueClusters(object, initial: initial)
        timeouts += clusters.timeoutCount
        if let value = clusters.ambiguous {
          doubt = "\(value) is written more than once: write distinct values"
        } else {
          ZoneAnalysis(clusters).judge(&findings)
        }
      }
      return findings.assessment([.count("timed-out-write-count", count: timeouts)], doubt: doubt)
    }
  }
}

/// Compares the zones of the values of one register.
private struct ZoneAnalysis {
  private let clusters: ValueClusters

  init(_ clusters: ValueClusters) {
    self.clusters = clusters
  }

  /// Forward zones must not overlap, and no backward zone may lie within a forward one.
  func judge(_ findings: inout Findings) {
    let arePossible = clusters.all.map { clusters.explain($0, &findings) }
    guard arePossible.allSatisfy(\.self) else { return }
    let visible = clusters.all.filter(\.isVisible)
    let forward = visible.filter(\.zone.isForward).sorted { $0.zone.first < $1.zone.first }
    // Up to each forward zone, the one that reaches furthest.
    var furthest: [ValueCluster] = []
    for cluster in forward {
      let before = furthest.last
      if let before, before.zone.last > cluster.zone.first {
        blame(before, and: cluster, &findings)
      }
      furthest.append(before.map { $0.zone.last > cluster.zone.last ? $0 : cluster } ?? cluster)
    }
    for cluster in visible where !cluster.zone.isForward {
      let place = forward.partitioningIndex { $0.zone.first > cluster.zone.last }
      guard place > 0, furthest[place - 1].zone.last > cluster.zone.first else { continue }
      blame(furthest[place - 1], and: cluster, &findings)
    }
  }

  /// Reports two values that exclude each other, and whether a late effect would reconcile them.
  private func blame(_ one: ValueCluster, and other: ValueCluster, _ findings: inout Findings) {
    let key = clusters.key
    let late =
      [(one, other), (other, one)].first { !$0.openZone.conflicts(with: $1.zone) }
      ?? (one.openZone.conflicts(with: other.openZone) ? nil : (one, other))
    guard let (write, witness) = late else {
      findings.add(
        "not-linearizable", key: key, operations: (one.evidence + other.evidence).distinct,
        text: "\(one.value) and \(other.value) were each seen both before and after the other")
      return
    }
    findings.add(
      "surfaced", key: key, operations: (write.evidence + witness.evidence).distinct,
      text: "writing \(write.value) timed out, \(witness.value) was there later, and then "
        + "\(write.value) surfaced")
  }
}

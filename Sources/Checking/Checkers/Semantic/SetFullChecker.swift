import Determinism
import Histories

extension Checker {
  /// The life of every element of a set, over all reads.
  static var setFull: Checker {
    Checker(
      "set-full",
      guide: Guide(
        summary: "add and many reads: every element becomes visible and stays so",
        guarantee: "once an element is known to be there, because its add or a read that saw it "
          + "completed, the reads that begin last see it; with linearizable=yes all reads that "
          + "begin later do. No read lists an element twice, or one that nobody tried to add",
        complexity: "O(n) in the length of all reads together",
        source: "Jepsen, checker/set-full",
        failure: """
          {:process 0 :type :invoke :f :add :value 1}
          {:process 0 :type :ok :f :add :value 1}
          {:process 1 :type :invoke :f :read}
          {:process 1 :type :ok :f :read :value #{1}}
          {:process 1 :type :invoke :f :read}
          {:process 1 :type :ok :f :read :value #{}}
          """),
      options: [
        CheckerOption(
          "linearizable", values: .word(["no", "yes"]),
          meaning: "whether a read that misses an element for a while makes the history invalid")
      ]
    ) { (history, options, _) throws(SpecificationError) in
      var analysis = SetFullAnalysis(
        history, mustBeLinearizable: options.word("linearizable") == "yes")
      for object in ObjectHistory.all(of: history) {
        analysis.add(try Membership(object, checker: "set-full"))
      }
      return analysis.assessment
    }
  }
}

/// Follows every element from the moment at which it is known to exist.
///
/// Only reads invoked after that moment can miss an element. It is lost if such a read was invoked
/// after every read that saw it, stale if an earlier one missed it, and never read if no read saw
/// it and none missed it.
private struct SetFullAnalysis {
  private let history: History
  private let mustBeLinearizable: Bool
  private var findings = Findings("lost", "duplicated", "unexpected", "revived", "stale")
  private var attempts = 0
  private var stable = 0
  private var neverRead = 0
  /// Nanoseconds from when elements were known until they were missed for the last time.
  private var stableLatencies: [Int64] = []
  /// Nanoseconds from when elements were known until they were seen for the last time.
  private var lostLatencies: [Int64] = []

  init(_ history: History, mustBeLinearizable: Bool) {
    self.history = history
    self.mustBeLinearizable = mustBeLinearizable
  }

  /// What the reads tell about one element.
  private struct Sightings {
    /// The completion that came first among the reads that saw it.
    var first: (end: Int, id: OperationID)?
    /// The last read, by invocation, that saw it.
    var last: Int?
    /// How many of the reads, counted from the last one back, saw it without a gap.
    var unbroken = 0
    /// The read that was looked at last.
    var latest = -1
  }

  mutating func add(_ set: Membership) {
    var sightings = Array(repeating: Sightings(), count: set.elements.count)
    for place in set.reads.indices.reversed() { look(at: place, of: set, &sightings) }
    for (number, element) in set.elements.enumerated() where element.attemptedAt != .max {
      attempts += 1
      judge(number, element: element, sightings: sightings[number], of: set)
    }
  }

  /// Notes what a read saw; the reads come in reverse order of invocation.
  private mutating func look(
    at place: Int, of set: Membership, _ sightings: inout [Sightings]
  ) {
    let read = set.reads[place]
    for number in read.numbers {
      guard sightings[number].latest != place else {
        findings.add(
          "duplicated", key: set.key, operations: [read.id],
          text: "\(set.value(number)) is twice in one read")
        continue
      }
      sightings[number].latest = place
      if set.elements[number].attemptedAt > read.end {
        findings.add(
          "unexpected", key: set.key, operations: [read.id],
          text: "\(set.value(number)) was read, but nobody had tried to add it")
        continue
      }
      if set.elements[number].possibleAt > read.end {
        findings.add(
          "revived", key: set.key, operations: [read.id],
          text: "\(set.value(number)) was read, although adding it had failed")
      }
      if sightings[number].last == nil { sightings[number].last = place }
      if place == set.reads.count - 1 - sightings[number].unbroken {
        sightings[number].unbroken += 1
      }
      if read.end < sightings[number].first?.end ?? .max {
        sightings[number].first = (read.end, read.id)
      }
    }
  }

  private mutating func judge(
    _ number: Int, element: Membership.Element, sightings: Sightings, of set: Membership
  ) {
    let lastMissing = set.reads.count - 1 - sightings.unbroken
    var known = element.acknowledgement.map { (end: element.acknowledgedAt, id: $0) }
    if let first = sightings.first, first.end < known?.end ?? .max { known = first }
    guard let known else {
      neverRead += 1
      return
    }
    let missing = lastMissing >= 0 ? set.reads[lastMissing] : nil
    let isMissed = missing.map { $0.invokedAt > known.end } ?? false
    guard let missing, isMissed else {
      if sightings.last == nil { neverRead += 1 } else { settle(from: nil, known: known.id) }
      return
    }
    if let last = sightings.last, last > lastMissing {
      settle(from: missing.id, known: known.id)
      findings.add(
        "stale", isHarmless: !mustBeLinearizable, key: set.key, operations: [known.id, missing.id],
        text: "\(set.value(number)) was there, but a later read misses it for the time being")
    } else {
      let last = sightings.last.map { set.reads[$0].id }
      lostLatencies += latency(from: known.id, to: last)
      findings.add(
        "lost", key: set.key,
        operations: [known.id] + (last == known.id ? [] : last.map { [$0] } ?? [])
          + [missing.id],
        text: "\(set.value(number)) was there, but the last reads miss it")
    }
  }

  /// Counts an element that all reads saw after a given one.
  private mutating func settle(from missing: OperationID?, known: OperationID) {
    stable += 1
    stableLatencies += latency(from: known, to: missing)
  }

  /// The nanoseconds from the completion of one operation to just after the invocation of another:
  /// zero if there is no other, nothing if the history has no times.
  private func latency(from known: OperationID, to other: OperationID?) -> [Int64] {
    guard let begin = history.operations[known.position].completionTime else { return [] }
    guard let other else { return [0] }
    guard let end = history.operations[other.position].invocationTime else { return [] }
    return [max(0, (end - begin).count + 1)]
  }

  var assessment: Assessment {
    var facts: [Assessment.Fact] = [
      .count("attempt-count", count: attempts), .count("stable-count", count: stable),
      .count("never-read-count", count: neverRead),
    ]
    for (name, latencies) in [
      ("stable-latencies", stableLatencies), ("lost-latencies", lostLatencies),
    ] where !latencies.isEmpty {
      facts.append(.percentiles(name, of: latencies))
    }
    let doubt =
      "no element was read after it was known to be there: read the set more often, and at the end"
    return findings.assessment(facts, doubt: stable == 0 ? doubt : nil)
  }
}

extension Assessment.Fact {
  /// The least, the median, the 95th, the 99th percentile and the greatest of some numbers, as
  /// pairs of a percentage and a number.
  fileprivate static func percentiles(_ name: String, of numbers: [Int64]) -> Self {
    let sorted = numbers.sorted()
    return Self(
      name,
      value: .list(
        [0, 50, 95, 99, 100].map { percent in
          let place = min(sorted.count - 1, sorted.count * percent / 100)
          return .list([.integer(Int64(percent)), .integer(sorted[place])])
        }))
  }
}

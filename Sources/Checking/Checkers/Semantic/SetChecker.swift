import Histories

extension Checker {
  /// The final read of a set holds what was added, and nothing else.
  static var set: Checker {
    Checker(
      "set",
      guide: Guide(
        summary: "add, and a final read: no acknowledged element is missing",
        guarantee: "the read that completes last holds every element whose add had succeeded "
          + "before, and none that nobody tried to add or whose adds all failed",
        complexity: "O(n)", source: "Jepsen, checker/set",
        failure: """
          {:process 0 :type :invoke :f :add :value 1}
          {:process 0 :type :ok :f :add :value 1}
          {:process 1 :type :invoke :f :read}
          {:process 1 :type :ok :f :read :value #{}}
          """)
    ) { (history, _, _) throws(SpecificationError) in
      var analysis = SetAnalysis()
      for object in ObjectHistory.all(of: history) {
        analysis.add(try Membership(object, checker: "set"))
      }
      return analysis.assessment
    }
  }
}

/// Compares the final read of each set with what was added.
private struct SetAnalysis {
  private var findings = Findings("lost", "unexpected", "revived")
  private var attempts = 0
  private var acknowledged = 0
  private var found = 0
  private var recovered = 0
  private var sets = 0
  private var finalReads = 0
  /// Acknowledged elements that the final read could not be expected to see.
  private var late = 0

  mutating func add(_ set: Membership) {
    sets += 1
    for element in set.elements {
      if element.attemptedAt != .max { attempts += 1 }
      if element.acknowledgedAt != .max { acknowledged += 1 }
    }
    guard let read = set.reads.max(by: { $0.end < $1.end }) else { return }
    finalReads += 1
    var isPresent = Array(repeating: false, count: set.elements.count)
    for number in read.numbers { isPresent[number] = true }
    for (number, element) in set.elements.enumerated() {
      if isPresent[number] {
        judge(present: number, element: element, of: set, read: read)
      } else {
        judge(absent: number, element: element, of: set, read: read)
      }
    }
  }

  private mutating func judge(
    present number: Int, element: Membership.Element, of set: Membership, read: Membership.Read
  ) {
    let value = set.value(number)
    guard element.attemptedAt < read.end else {
      findings.add(
        "unexpected", key: set.key, operations: [read.id],
        text: "\(value) was read, but nobody had tried to add it")
      return
    }
    found += 1
    if element.acknowledgedAt == .max { recovered += 1 }
    if element.possibleAt > read.end {
      findings.add(
        "revived", key: set.key, operations: [read.id],
        text: "\(value) was read, although adding it had failed")
    }
  }

  private mutating func judge(
    absent number: Int, element: Membership.Element, of set: Membership, read: Membership.Read
  ) {
    guard let add = element.acknowledgement else { return }
    if element.acknowledgedAt < read.invokedAt {
      findings.add(
        "lost", key: set.key, operations: [add, read.id],
        text: "\(set.value(number)) was added, but the final read misses it")
    } else {
      late += 1
    }
  }

  var assessment: Assessment {
    var doubt: String?
    if finalReads < max(sets, 1) {
      doubt = "the set was never read: read it at the end, when all adds are done"
    } else if late > 0 {
      doubt = "\(late) elements were acknowledged after the last read had begun: read once more"
    }
    return findings.assessment(
      [
        .count("attempt-count", count: attempts), .count("acknowledged-count", count: acknowledged),
        .count("ok-count", count: found), .count("recovered-count", count: recovered),
      ], doubt: doubt)
  }
}

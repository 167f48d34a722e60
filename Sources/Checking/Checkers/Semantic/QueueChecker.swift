import Histories

extension Checker {
  /// Every element that comes out of an unordered queue was put in before.
  static var queue: Checker {
    Checker(
      "queue",
      guide: Guide(
        summary: "enqueue, dequeue and drain: what comes out was put in",
        guarantee: "every element that was taken out had been put in, or at least been tried to, "
          + "before it arrived, and none came out more often; nothing is said about order or loss",
        complexity: "O(n log n)", source: "Jepsen, checker/queue with an unordered queue",
        failure: """
          {:process 0 :type :invoke :f :enqueue :value 1}
          {:process 0 :type :ok :f :enqueue :value 1}
          {:process 1 :type :invoke :f :dequeue}
          {:process 1 :type :ok :f :dequeue :value 2}
          """)
    ) { (history, _, _) throws(SpecificationError) in
      var findings = Findings("unexpected", "revived", "duplicated")
      for object in ObjectHistory.all(of: history) {
        try QueueAnalysis(object).run(&findings)
      }
      return findings.assessment()
    }
  }
}

/// Replays the puts at their invocations and the takes at their completions: as early and as late
/// as possible.
private struct QueueAnalysis {
  private struct Tally {
    var present = 0
    var attempts = 0
    var failures = 0
    var takenBy: OperationID?
  }

  private let key: Value
  private var elements = Numbering<Value>()
  private var puts: [(event: Int, element: Int, hasFailed: Bool)] = []
  private var takes: [(event: Int, element: Int, id: OperationID)] = []

  init(_ object: ObjectHistory) throws(SpecificationError) {
    key = object.key
    for (id, operation) in object {
      let action = try QueueAction(operation, checker: "queue")
      if case .put(let value) = action {
        let element = Int(elements.number(of: value))
        puts.append((operation.invokedAt, element, operation.hasFailed))
      }
      for value in action.taken(by: operation) {
        takes.append((operation.end, Int(elements.number(of: value)), id))
      }
    }
    takes.sort { ($0.event, $0.id) < ($1.event, $1.id) }
  }

  func run(_ findings: inout Findings) {
    var tallies = Array(repeating: Tally(), count: elements.elements.count)
    var replayed = 0
    for take in takes {
      while replayed < puts.count, puts[replayed].event < take.event {
        let put = puts[replayed]
        tallies[put.element].attempts += 1
        if put.hasFailed {
          tallies[put.element].failures += 1
        } else {
          tallies[put.element].present += 1
        }
        replayed += 1
      }
      if tallies[take.element].present > 0 {
        tallies[take.element].present -= 1
      } else {
        complain(about: take, tally: tallies[take.element], &findings)
      }
      tallies[take.element].takenBy = take.id
    }
  }

  private func complain(
    about take: (event: Int, element: Int, id: OperationID), tally: Tally,
    _ findings: inout Findings
  ) {
    let value = elements.elements[take.element]
    if tally.attempts == 0 {
      findings.add(
        "unexpected", key: key, operations: [take.id],
        text: "\(value) came out, but nobody had put it in")
    } else if tally.attempts == tally.failures {
      findings.add(
        "revived", key: key, operations: [take.id],
        text: "\(value) came out, although putting it in had failed")
    } else {
      findings.add(
        "duplicated", key: key, operations: (tally.takenBy.map { [$0] } ?? []) + [take.id],
        text: "\(value) came out more often than it can have been put in")
    }
  }
}

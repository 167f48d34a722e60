import Histories

extension Checker {
  /// What goes into a queue comes out of it, provided that the history drains it.
  static var totalQueue: Checker {
    Checker(
      "total-queue",
      guide: Guide(
        summary: "enqueue, dequeue and a final drain: what went in comes out",
        guarantee: "in a history that empties the queue at its end, every acknowledged element "
          + "came out, and nothing came out that nobody had put in",
        complexity: "O(n)", source: "Jepsen, checker/total-queue",
        failure: """
          {:process 0 :type :invoke :f :enqueue :value 1}
          {:process 0 :type :ok :f :enqueue :value 1}
          {:process 1 :type :invoke :f :drain}
          {:process 1 :type :ok :f :drain :value []}
          """),
      options: [
        CheckerOption(
          "duplicates", values: .word(["allowed", "forbidden"]),
          meaning:
            "whether an element may come out more often than it was put in (at-least-once delivery)"
        ),
        CheckerOption(
          "crashed-dequeues", values: .word(["may-take", "take-nothing"]),
          meaning:
            "whether a dequeue or drain with an unknown outcome may have taken what is missing"),
      ]
    ) { (history, options, _) throws(SpecificationError) in
      var analysis = TotalQueueAnalysis(
        forbidsDuplicates: options.word("duplicates") == "forbidden",
        crashedTakesCount: options.word("crashed-dequeues") == "may-take")
      for object in ObjectHistory.all(of: history) { try analysis.add(object) }
      return analysis.assessment
    }
  }
}

/// Compares how often each element went in and came out.
private struct TotalQueueAnalysis {
  private struct Tally {
    var attempts = 0
    var failures = 0
    var acknowledged: [(id: OperationID, end: Int)] = []
    var takenBy: [OperationID] = []
  }

  let forbidsDuplicates: Bool
  let crashedTakesCount: Bool
  private var findings = Findings("lost", "unexpected", "revived", "duplicated")
  private var attempts = 0
  private var acknowledged = 0
  private var came = 0
  private var recovered = 0
  private var undrained = 0
  private var isDoubtful = false

  init(forbidsDuplicates: Bool, crashedTakesCount: Bool) {
    self.forbidsDuplicates = forbidsDuplicates
    self.crashedTakesCount = crashedTakesCount
  }

  mutating func add(_ object: ObjectHistory) throws(SpecificationError) {
    var elements = Numbering<Value>()
    var tallies: [Tally] = []
    var lastTake = -1
    var blind: Int? = 0
    func place(of value: Value) -> Int {
      let number = Int(elements.number(of: value))
      if number == tallies.count { tallies.append(Tally()) }
      return number
    }
    for (id, operation) in object {
      let action = try QueueAction(operation, checker: "total-queue")
      switch action {
      case .put(let value):
        let element = place(of: value)
        tallies[element].attempts += 1
        if operation.hasFailed { tallies[element].failures += 1 }
        if operation.output != nil { tallies[element].acknowledged.append((id, operation.end)) }
      case .take, .nothing:
        lastTake = max(lastTake, operation.invokedAt)
      case .blindTake(let most):
        blind = if let most, let sum = blind { sum + most } else { nil }
      }
      for value in action.taken(by: operation) { tallies[place(of: value)].takenBy.append(id) }
    }
    judge(zip(elements.elements, tallies), key: object.key, lastTake: lastTake, blindTakes: blind)
  }

  private mutating func judge(
    _ tallies: some Sequence<(Value, Tally)>, key: Value, lastTake: Int, blindTakes: Int?
  ) {
    var losses: [(value: Value, id: OperationID)] = []
    for (value, tally) in tallies {
      count(tally)
      complain(about: value, tally: tally, key: key)
      let missing = tally.acknowledged.dropFirst(tally.takenBy.count)
      let due = tally.acknowledged.filter { $0.end < lastTake }.dropFirst(tally.takenBy.count)
      losses += due.map { (value, $0.id) }
      undrained += missing.count - due.count
    }
    let mayBeTaken = crashedTakesCount && losses.count <= blindTakes ?? .max
    if mayBeTaken && !losses.isEmpty { isDoubtful = true }
    for (value, id) in losses {
      findings.add(
        "lost", isHarmless: mayBeTaken, key: key, operations: [id],
        text: "\(value) was put in but never came out"
          + (mayBeTaken ? ", unless a dequeue with an unknown outcome took it" : ""))
    }
  }

  private mutating func count(_ tally: Tally) {
    let arrived = min(tally.takenBy.count, tally.attempts)
    attempts += tally.attempts
    acknowledged += tally.acknowledged.count
    came += arrived
    recovered += max(0, arrived - tally.acknowledged.count)
  }

  private mutating func complain(about value: Value, tally: Tally, key: Value) {
    let surplus = tally.takenBy.dropFirst(tally.attempts - tally.failures)
    if tally.attempts == 0 {
      for id in surplus {
        findings.add(
          "unexpected", key: key, operations: [id], text: "\(value) came out, but nobody put it in")
      }
    } else if tally.attempts == tally.failures {
      for id in surplus {
        findings.add(
          "revived", key: key, operations: [id],
          text: "\(value) came out, although putting it in failed")
      }
    } else {
      for id in surplus {
        findings.add(
          "duplicated", isHarmless: !forbidsDuplicates, key: key,
          operations: [tally.takenBy[0], id],
          text: "\(value) came out \(tally.takenBy.count) times")
      }
    }
  }

  var assessment: Assessment {
    var doubt: String?
    if undrained > 0 {
      doubt =
        "\(undrained) acknowledged elements are missing, but no dequeue was tried since: drain the "
        + "queue at the end"
    } else if isDoubtful {
      doubt =
        "dequeues with unknown outcomes may have taken what is missing: let dequeues finish or "
        + "fail, or choose crashed-dequeues=take-nothing"
    }
    return findings.assessment(
      [
        .count("attempt-count", count: attempts), .count("acknowledged-count", count: acknowledged),
        .count("ok-count", count: came), .count("recovered-count", count: recovered),
        .count("undrained-count", count: undrained),
      ], doubt: doubt)
  }
}

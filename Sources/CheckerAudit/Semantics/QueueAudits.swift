import Determinism
import Histories

extension Audits {
  /// Queues without an order.
  static var queues: [Audit] {
    [
      .semantic("queue", runs: queueRuns) { history in
        let unmatched = BagTwin(history).unmatched
        return Expectation(
          isWrong: unmatched > 0,
          counts: [(["unexpected-count", "revived-count", "duplicated-count"], unmatched)])
      },
      .semantic("total-queue", runs: queueRuns) { history in
        TotalQueueTwin(history).expectation(forbidsDuplicates: false, crashedTakesCount: true)
      },
      .semantic("total-queue?duplicates=forbidden&crashed-dequeues=take-nothing", runs: queueRuns) {
        TotalQueueTwin($0).expectation(forbidsDuplicates: true, crashedTakesCount: false)
      },
    ]
  }

  private static var queueRuns: ClientRuns<[Value]> {
    let values = (1...5).map { Value.integer($0) }
    return ClientRuns(
      state: [], spoiltPercent: 75,
      call: { _, random in
        switch random.below(10) {
        case 0..<5: Call(function: "enqueue", input: random.pick(values))
        case 5..<9: Call(function: "dequeue")
        default: Call(function: "drain")
        }
      },
      finale: [Call(function: "drain")],
      apply: { bag, invocation in
        switch invocation.function {
        case "enqueue":
          bag.append(invocation.input)
          return Value.none
        case "dequeue": return bag.popLast()
        default:
          defer { bag = [] }
          return .list(bag)
        }
      },
      spoil: { result, invocation, random in
        switch invocation.function {
        case "enqueue": result
        case "dequeue": random.pick(values + [.none])
        default: .list(random.disturb(result.list, with: values))
        }
      })
  }
}

/// What was put into a queue and taken out of it, element by element.
private struct QueueEvents {
  var puts: [(value: Value, operation: Operation)] = []
  var takes: [(value: Value, operation: Operation)] = []

  init(_ history: History) {
    puts = history.all("enqueue").map { ($0.operation.invocation.input, $0.operation) }
    for (_, operation) in history.all("dequeue") {
      if let value = operation.returned, value != .none { takes.append((value, operation)) }
    }
    for (_, operation) in history.all("drain") {
      let partial = operation.completion == .info ? operation.partialResult.list : []
      for value in operation.returned?.list ?? partial { takes.append((value, operation)) }
    }
  }
}

/// Tries every way of saying which put each take goes back to.
private struct BagTwin {
  private let events: QueueEvents

  init(_ history: History) {
    events = QueueEvents(history)
  }

  /// How many takes cannot go back to a put of their own.
  var unmatched: Int {
    events.takes.count - most(0, isUsed: Array(repeating: false, count: events.puts.count))
  }

  private func most(_ place: Int, isUsed: [Bool]) -> Int {
    guard place < events.takes.count else { return 0 }
    let take = events.takes[place]
    var best = most(place + 1, isUsed: isUsed)
    for (number, put) in events.puts.enumerated()
    where !isUsed[number] && put.value == take.value && put.operation.completion != .fail
      && put.operation.invokedAt < take.operation.endedAt
    {
      var used = isUsed
      used[number] = true
      best = max(best, 1 + most(place + 1, isUsed: used))
    }
    return best
  }
}

/// Counts, value by value, what went in and what came out.
private struct TotalQueueTwin {
  private let history: History
  private let events: QueueEvents

  init(_ history: History) {
    self.history = history
    events = QueueEvents(history)
  }

  func expectation(forbidsDuplicates: Bool, crashedTakesCount: Bool) -> Expectation {
    let takes = history.all("dequeue", "drain").map(\.operation)
    let lastTake = takes.filter { $0.completion != .info }.map(\.invokedAt).max() ?? -1
    let crashed = takes.filter { $0.completion == .info }
    let hasCrashedDrain = crashed.contains { $0.invocation.function == "drain" }
    var (lost, missing, unexpected, revived, duplicated) = (0, 0, 0, 0, 0)
    for number in 1...5 {
      let puts = events.puts.filter { $0.value == .integer(Int64(number)) }.map(\.operation)
      let out = events.takes.count { $0.value == .integer(Int64(number)) }
      let acknowledged = puts.filter { $0.returned != nil }
      let possible = puts.count { $0.completion != .fail }
      lost += max(0, acknowledged.count { $0.endedAt < lastTake } - out)
      missing += max(0, acknowledged.count - out)
      if puts.isEmpty {
        unexpected += out
      } else if possible == 0 {
        revived += out
      } else {
        duplicated += max(0, out - possible)
      }
    }
    let isExcused = crashedTakesCount && (hasCrashedDrain || lost <= crashed.count)
    return Expectation(
      isWrong: unexpected + revived > 0 || forbidsDuplicates && duplicated > 0
        || lost > 0 && !isExcused,
      isDoubtful: missing > 0,
      counts: [
        (["lost-count"], lost), (["undrained-count"], missing - lost),
        (["unexpected-count"], unexpected), (["revived-count"], revived),
        (["duplicated-count"], duplicated),
      ])
  }
}

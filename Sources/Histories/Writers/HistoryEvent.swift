import Determinism

/// An invocation or a completion at its place in the order of a history.
struct HistoryEvent {
  let operation: Operation
  let isCompletion: Bool
  /// The process number to write.
  let process: Int64

  /// The name of the event's type: `invoke`, `ok`, `fail` or `info`.
  var type: String {
    guard isCompletion else { return "invoke" }
    return switch operation.completion {
    case .ok: "ok"
    case .fail: "fail"
    case .info: "info"
    }
  }

  /// When it happened, where the history has times.
  var time: Instant? { isCompletion ? operation.completionTime : operation.invocationTime }

  /// The events of a history in their order, with one operation at a time for each process number.
  ///
  /// A process that asks for something while an operation of its own is open goes on under a number
  /// that nothing else has; with `retiring`, so does one that does not know how its last operation
  /// ended, as Jepsen's processes do.
  static func all(of history: History, retiring: Bool) -> [HistoryEvent] {
    var order = [Int](repeating: 0, count: history.eventCount)
    for (position, operation) in history.operations.enumerated() {
      order[operation.invokedAt] = position
      if let completedAt = operation.completedAt { order[completedAt] = position }
    }
    var numbers = ProcessNumbers(history, retiring: retiring)
    return order.enumerated().map { place, position in
      let operation = history.operations[position]
      let isCompletion = operation.invokedAt != place
      let process =
        isCompletion
        ? numbers.complete(position, operation) : numbers.invoke(position, operation: operation)
      return HistoryEvent(operation: operation, isCompletion: isCompletion, process: process)
    }
  }
}

/// Gives each operation a process number that is free when it is invoked.
private struct ProcessNumbers {
  private let isRetiring: Bool
  /// The next number that no process has.
  private var fresh: Int64
  /// The number of each operation.
  private var numbers: [Int64]
  /// The number that a process goes by now, and whether it may invoke; looked up, never iterated.
  private var current: [ProcessID: (number: Int64, isFree: Bool)] = [:]

  init(_ history: History, retiring: Bool) {
    isRetiring = retiring
    let highest = history.operations.map(\.invocation.process.number).max() ?? -1
    fresh = max(highest, -1) &+ 1
    numbers = [Int64](repeating: 0, count: history.operations.count)
  }

  mutating func invoke(_ position: Int, operation: Operation) -> Int64 {
    let process = operation.invocation.process
    var number = current[process]?.number ?? process.number
    if current[process]?.isFree == false {
      number = fresh
      fresh &+= 1
    }
    current[process] = (number, false)
    numbers[position] = number
    return number
  }

  mutating func complete(_ position: Int, _ operation: Operation) -> Int64 {
    let process = operation.invocation.process
    let isKnown = operation.completion != .info
    if current[process]?.number == numbers[position], isKnown || !isRetiring {
      current[process]?.isFree = true
    }
    return numbers[position]
  }
}

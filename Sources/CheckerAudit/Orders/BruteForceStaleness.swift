import Determinism
import Histories

/// How stale registers are, by definition: try every order of their operations.
struct BruteForceStaleness {
  private struct Step {
    let operation: Operation
    /// What a completed read returned; nil for a write.
    let result: Value?

    var isRequired: Bool { operation.completion != .info }
  }

  private let steps: [Step]

  init(_ history: History) {
    steps = history.operations.compactMap { operation in
      switch (operation.invocation.function, operation.completion) {
      case ("read", .ok(let result)): Step(operation: operation, result: result)
      case ("write", .ok), ("write", .info): Step(operation: operation, result: nil)
      default: nil
      }
    }
  }

  /// The smallest number of last values that every read has to choose from; nil if none is enough.
  var smallestDepth: Int? {
    (1...steps.count + 1).first { depth in
      hasOrder(depth) { end, start in
        if let completedAt = end.completedAt { completedAt < start.invokedAt } else { false }
      }
    }
  }

  /// The smallest span by which every read has to start earlier; nil if none is enough.
  func smallestSpan(hasTimes: Bool, most: Int) -> Int? {
    let point = { (instant: Instant?, event: Int?) -> Int? in
      hasTimes ? instant.map { Int($0.nanosecondsSinceStart) } : event
    }
    return (0...most).first { span in
      hasOrder(1) { end, start in
        guard let completedAt = end.completedAt else { return false }
        guard span > 0 else { return completedAt < start.invokedAt }
        guard let done = point(end.completionTime, completedAt),
          let begun = point(start.invocationTime, start.invokedAt)
        else { return false }
        return done < begun - (start.invocation.function == "read" ? span : 0)
      }
    }
  }

  /// Whether the operations have an order that respects what precedes what, and in which each read
  /// returns one of the last values of its key.
  private func hasOrder(_ depth: Int, precedes: (Operation, Operation) -> Bool) -> Bool {
    let predecessors = steps.map { step in
      steps.indices.filter {
        steps[$0].isRequired && precedes(steps[$0].operation, step.operation)
      }
    }
    var done = [Bool](repeating: false, count: steps.count)
    return search(depth, predecessors: predecessors, &done, writes: [])
  }

  private func search(
    _ depth: Int, predecessors: [[Int]], _ done: inout [Bool], writes: [Operation]
  ) -> Bool {
    if steps.indices.allSatisfy({ done[$0] || !steps[$0].isRequired }) { return true }
    for place in steps.indices where !done[place] && predecessors[place].allSatisfy({ done[$0] }) {
      let step = steps[place]
      let key = step.operation.invocation.key
      let versions =
        writes.filter { $0.invocation.key == key }.map(\.invocation.input).reversed() + [.none]
      if let result = step.result, !versions.prefix(depth).contains(result) { continue }
      done[place] = true
      let next = step.result == nil ? writes + [step.operation] : writes
      if search(depth, predecessors: predecessors, &done, writes: next) { return true }
      done[place] = false
    }
    return false
  }
}

import Determinism
import Histories

/// Convergence by its definition, one statement about pairs of operations after another.
struct BruteForceConvergence {
  let operations: [Operation]
  let isTail: Bool
  let quiet: Int
  let hasTimes: Bool

  private func isWrite(_ operation: Operation) -> Bool {
    operation.invocation.function != "read" && operation.completion != .fail
  }

  /// Reads with results that were invoked long enough after the end of every write.
  private var lateReads: [Operation] {
    operations.filter { read in
      guard read.invocation.function == "read", case .ok = read.completion else { return false }
      return operations.filter(isWrite).allSatisfy { write in
        let end = write.completedAt ?? write.invokedAt
        guard end < read.invokedAt else { return false }
        guard hasTimes else { return read.invokedAt - end > quiet }
        guard let ended = write.completionTime ?? write.invocationTime,
          let began = read.invocationTime
        else { return false }
        return (began - ended).count >= Int64(quiet)
      }
    }
  }

  /// The result of a read; that of a set in some order.
  private func result(_ read: Operation) -> Value {
    guard case .ok(let result) = read.completion else { return .none }
    guard case .list(let elements) = result,
      operations.contains(where: { $0.invocation.function == "add" })
    else { return result }
    return .list(elements.sorted { "\($0)" < "\($1)" })
  }

  /// Whether reads are as they should be, where there are any; nil if some key has none.
  var isValid: Bool? {
    let late = lateReads
    let final = late.filter { read in
      isTail
        || !late.contains {
          $0.invocation.process == read.invocation.process
            && $0.invocation.key == read.invocation.key && $0.invokedAt > read.invokedAt
        }
    }
    for read in final {
      let key = read.invocation.key
      let writes = operations.filter { isWrite($0) && $0.invocation.key == key }
      for other in final where other.invocation.key == key && result(other) != result(read) {
        return false
      }
      guard isContent(result(read), of: writes) else { return false }
      for (earlier, other) in late.enumerated() where result(other) == result(read) {
        let again = late[(earlier + 1)...].contains {
          $0.invocation.process == other.invocation.process && $0.invocation.key == key
            && result($0) != result(read)
        }
        if other.invocation.key == key && again { return false }
      }
    }
    let isComplete = operations.allSatisfy { operation in
      final.contains { $0.invocation.key == operation.invocation.key }
    }
    return isComplete && !final.isEmpty ? true : nil
  }

  /// Whether the writes of a key can leave this behind.
  private func isContent(_ content: Value, of writes: [Operation]) -> Bool {
    let values = writes.map(\.invocation.input)
    let acknowledged = writes.filter { $0.completion != .info }.map(\.invocation.input)
    if case .list(let elements) = content {
      return elements.allSatisfy(values.contains) && acknowledged.allSatisfy(elements.contains)
    }
    return content == .none ? acknowledged.isEmpty : values.contains(content)
  }
}

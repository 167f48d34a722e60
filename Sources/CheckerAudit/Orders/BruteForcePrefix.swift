import Determinism
import Histories

/// Consistent prefixes by definition: try every order of the writes.
struct BruteForcePrefix {
  private typealias Entry = (key: Value, value: Value)

  private let writes: [Operation]
  private let reads: [Operation]
  private let isRealTime: Bool

  init(_ history: History, isRealTime: Bool) {
    self.isRealTime = isRealTime
    var (writes, reads): ([Operation], [Operation]) = ([], [])
    for operation in history.operations where operation.completion != .fail {
      if !Self.entries(operation, writing: true).isEmpty {
        writes.append(operation)
      } else if case .ok = operation.completion {
        reads.append(operation)
      }
    }
    (self.writes, self.reads) = (writes, reads)
  }

  /// Whether some order of writes, with or without the indeterminate ones, explains all reads.
  var isValid: Bool {
    search([], rest: writes)
  }

  private func search(_ order: [Operation], rest: [Operation]) -> Bool {
    if rest.allSatisfy({ $0.completion == .info }), reads.allSatisfy({ explains(order, read: $0) })
    {
      return true
    }
    return rest.indices.contains { place in
      var others = rest
      let next = others.remove(at: place)
      guard others.allSatisfy({ !precedes($0, and: next) || $0.completion == .info }),
        order.allSatisfy({ !precedes(next, and: $0) })
      else { return false }
      return search(order + [next], rest: others)
    }
  }

  /// Whether some prefix leaves behind what a read returned, and holds nothing that follows it.
  private func explains(_ order: [Operation], read: Operation) -> Bool {
    (0...order.count).contains { length in
      let prefix = order.prefix(length)
      guard prefix.allSatisfy({ !precedes(read, and: $0) }) else { return false }
      let state = prefix.flatMap { Self.entries($0, writing: true) }
      return Self.entries(read, writing: false).allSatisfy { key, result in
        let values = state.filter { $0.key == key }.map(\.value)
        if case .list(let list) = result { return list == values }
        return result == values.last ?? .none
      }
    }
  }

  private func precedes(_ first: Operation, and second: Operation) -> Bool {
    guard isRealTime else {
      return first.invocation.process == second.invocation.process
        && first.invokedAt < second.invokedAt
    }
    guard case .ok = first.completion, let end = first.completedAt else { return false }
    return end < second.invokedAt
  }

  /// What an operation wrote or read.
  private static func entries(_ operation: Operation, writing: Bool) -> [Entry] {
    let call = operation.invocation
    var result = call.input
    if case .ok(let output) = operation.completion { result = output }
    switch call.function {
    case "append", "write": return writing ? [(call.key, call.input)] : []
    case "read": return writing ? [] : [(call.key, result)]
    default:
      guard case .list(let parts) = result else { return [] }
      return parts.compactMap { part in
        guard case .list(let triple) = part, (triple[0] != .keyword("r")) == writing else {
          return nil
        }
        return (triple[1], triple[2])
      }
    }
  }
}

import Determinism
import Histories

/// What an operation saw of one key.
struct Glimpse {
  let id: OperationID
  let process: ProcessID
  let invokedAt: Int
  let end: Int
  /// The number of the key.
  let key: Int
  /// The value; the least number stands for "nothing there yet".
  let rank: Int64
  /// Whether the operation made the value, so that nobody can have seen it before.
  let isIncrement: Bool

  /// The value in words.
  var text: String { rank == .min ? "nil" : String(rank) }
}

/// Everything that the operations of a history saw of its keys, in order of invocation.
struct Glimpses {
  private(set) var glimpses: [Glimpse] = []
  private(set) var keys = Numbering<Value>()

  /// Translates `read` and `inc` (`increment` and `add` are understood too).
  ///
  /// Either returns a number, or a map of keys to numbers; `nil` stands for an absent key. A `read`
  /// may also return a list of numbers in the order that the system gives them, which must ascend;
  /// its last one is what was seen.
  init(_ history: History, _ findings: inout Findings) throws(SpecificationError) {
    for (position, operation) in history.operations.enumerated() {
      guard ["read", "inc", "increment", "add"].contains(operation.invocation.function) else {
        throw operation.foreign("monotonic", fix: "use read and inc")
      }
      guard let output = operation.output else { continue }
      try add(OperationID(position), operation: operation, output: output, &findings)
    }
  }

  private mutating func add(
    _ id: OperationID, operation: Operation, output: Value, _ findings: inout Findings
  ) throws(SpecificationError) {
    let key = operation.invocation.key
    let isIncrement = operation.invocation.function != "read"
    switch output {
    case .none where isIncrement: break
    case .none: add(id, operation: operation, key: key, rank: .min)
    case .integer(let number): add(id, operation: operation, key: key, rank: number)
    case .list(let elements) where elements.allSatisfy { $0.integer != nil } && !isIncrement:
      let numbers = elements.compactMap(\.integer)
      for (left, right) in zip(numbers, numbers.dropFirst()) where left >= right {
        findings.add(
          "reordered", key: key, operations: [id], text: "\(right) comes after \(left) in one read")
      }
      add(id, operation: operation, key: key, rank: numbers.last ?? .min)
    case .list(let elements):
      for entry in elements {
        guard case .list(let pair) = entry, pair.count == 2,
          pair[1] == .none || pair[1].integer != nil
        else { throw Self.unreadable(operation, output: output) }
        let place = key == .none ? pair[0] : .list([key, pair[0]])
        if isIncrement && pair[1] == .none { continue }
        add(id, operation: operation, key: place, rank: pair[1].integer ?? .min)
      }
    default: throw Self.unreadable(operation, output: output)
    }
  }

  private mutating func add(
    _ id: OperationID, operation: Operation, key: Value, rank: Int64
  ) {
    glimpses.append(
      Glimpse(
        id: id, process: operation.invocation.process, invokedAt: operation.invokedAt,
        end: operation.end, key: Int(keys.number(of: key)), rank: rank,
        isIncrement: operation.invocation.function != "read"))
  }

  private static func unreadable(_ operation: Operation, output: Value) -> SpecificationError {
    SpecificationError(
      operation,
      message: "\(output) is neither a number, a list of numbers nor a map of keys to numbers",
      fix: "record what was seen as 7, as [5 6 7] or as {key 7}")
  }
}

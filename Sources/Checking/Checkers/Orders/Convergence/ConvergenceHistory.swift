import Determinism
import Histories

/// What was written to each object and what was read when nothing was written any more.
struct ConvergenceHistory {
  /// What an object holds.
  enum Kind {
    /// One value: `write` and `cas`.
    case register
    /// All elements in any order: `add`.
    case set
    /// All elements in one order: `append`.
    case list
  }

  /// A value or an element that was written, unless the write failed.
  struct Write {
    let operation: Int
    let value: Value
    let isAcknowledged: Bool
  }

  /// A read that was invoked after the last write, and what it returned.
  struct Read {
    let operation: Int
    let process: ProcessID
    let result: Value
  }

  struct Object {
    let key: Value
    var kind: Kind?
    var writes: [Write] = []
    var reads: [Read] = []
  }

  /// The objects in the order in which the history first mentions them.
  private(set) var objects: [Object] = []
  /// Whether quiet periods are measured in nanoseconds, and not in events.
  let hasTimes: Bool
  /// The event with which the last write ended; its invocation, if it never did.
  private(set) var lastWriteEvent = -1
  private var lastWriteTime = Instant.start

  private let operations: ChunkedLog<Operation>
  private var numbers: [Value: Int] = [:]

  /// Reads a history; `quiet` is how long after the last write reads begin to count.
  init(_ history: History, quiet: Int64) throws(SpecificationError) {
    operations = history.operations
    hasTimes = operations.allSatisfy {
      $0.invocationTime != nil && ($0.completedAt == nil || $0.completionTime != nil)
    }
    for (position, operation) in operations.enumerated() where !Self.isRead(operation) {
      try note(operation, position: position)
    }
    for (position, operation) in operations.enumerated() where Self.isRead(operation) {
      let object = number(of: operation.invocation.key)
      guard case .ok(let result) = operation.completion, isLate(operation, quiet: quiet) else {
        continue
      }
      objects[object].reads.append(
        Read(operation: position, process: operation.invocation.process, result: result))
    }
  }

  private static func isRead(_ operation: Operation) -> Bool {
    ["read", "get"].contains(operation.invocation.function)
  }

  private mutating func number(of key: Value) -> Int {
    if let number = numbers[key] { return number }
    numbers[key] = objects.count
    objects.append(Object(key: key))
    return objects.count - 1
  }

  private mutating func note(
    _ operation: Operation, position: Int
  ) throws(SpecificationError) {
    let (kind, value) = try Self.effect(of: operation)
    let object = number(of: operation.invocation.key)
    guard objects[object].kind ?? kind == kind else {
      throw SpecificationError(
        operation, message: "its object is used in another way elsewhere",
        fix: "use write and cas, or add, or append, but one of these for each key")
    }
    objects[object].kind = kind
    guard let value, operation.completion != .fail else { return }
    var isAcknowledged = false
    if case .ok = operation.completion { isAcknowledged = true }
    objects[object].writes.append(
      Write(operation: position, value: value, isAcknowledged: isAcknowledged))
    lastWriteEvent = max(lastWriteEvent, operation.completedAt ?? operation.invokedAt)
    let time = operation.completionTime ?? operation.invocationTime ?? .start
    lastWriteTime = max(lastWriteTime, time)
  }

  /// What an operation writes; no value if it certainly wrote nothing.
  private static func effect(
    of operation: Operation
  ) throws(SpecificationError) -> (kind: Kind, value: Value?) {
    let input = operation.invocation.input
    switch operation.invocation.function {
    case "add": return (.set, input)
    case "append": return (.list, input)
    case "write", "put", "cas":
      switch try RegisterSpecification().action(for: operation) {
      case .write(let value), .compareAndSet(_, let value): return (.register, value)
      default: return (.register, nil)
      }
    case let other:
      throw SpecificationError(
        operation, message: "this checker has no function '\(other)'",
        fix: "use read with write and cas, with add, or with append")
    }
  }

  private func isLate(_ read: Operation, quiet: Int64) -> Bool {
    guard read.invokedAt > lastWriteEvent else { return false }
    guard lastWriteEvent >= 0 else { return true }
    if let time = read.invocationTime, hasTimes {
      return (time - lastWriteTime).count >= quiet
    }
    return Int64(read.invokedAt - lastWriteEvent) > quiet
  }
}

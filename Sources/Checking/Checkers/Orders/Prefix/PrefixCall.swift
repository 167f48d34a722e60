import Histories

/// The parts of one operation: what it wrote, or what it read.
struct PrefixCall {
  struct Part {
    let key: Value
    let value: Value
    var isAppend = false
  }

  private(set) var writes: [Part] = []
  private(set) var reads: [Part] = []

  /// Takes an operation apart; a read without a result has no parts.
  init(_ operation: Operation) throws(SpecificationError) {
    let call = operation.invocation
    switch (call.function, operation.completion) {
    case ("write", _), ("put", _): writes = [Part(key: call.key, value: call.input)]
    case ("append", _): writes = [Part(key: call.key, value: call.input, isAppend: true)]
    case ("read", .ok(let result)), ("get", .ok(let result)):
      reads = [Part(key: call.key, value: result)]
    case ("read", _), ("get", _): break
    case ("txn", .ok(let results)): try add(results, of: operation)
    case ("txn", _): try add(call.input, of: operation)
    default:
      throw SpecificationError(
        operation, message: "this checker has no function '\(call.function)'",
        fix: "use write, append and read of a key, or txn with several of them")
    }
    if !writes.isEmpty && !reads.isEmpty {
      throw SpecificationError(
        operation,
        message: "a transaction that reads and writes has no place in a prefix of writes",
        fix: "use a checker of isolation levels")
    }
    // Only a transaction that completed has recorded what it read.
    if case .ok = operation.completion { return }
    reads = []
  }

  private mutating func add(
    _ parts: Value, of operation: Operation
  ) throws(SpecificationError) {
    guard case .list(let parts) = parts else { throw malformed(parts, operation: operation) }
    for part in parts {
      guard case .list(let triple) = part, triple.count == 3,
        case .keyword(let function) = triple[0]
      else { throw malformed(part, operation: operation) }
      switch function {
      case "r": reads.append(Part(key: triple[1], value: triple[2]))
      case "w", "append":
        guard !writes.contains(where: { $0.key == triple[1] }) else {
          throw SpecificationError(
            operation, message: "a transaction writes key \(triple[1]) twice",
            fix: "write each key once")
        }
        writes.append(Part(key: triple[1], value: triple[2], isAppend: function == "append"))
      default: throw malformed(part, operation: operation)
      }
    }
  }

  private func malformed(_ value: Value, operation: Operation) -> SpecificationError {
    SpecificationError(
      operation, message: "\(value) is not a part of a transaction",
      fix: "record transactions as [[:r k v] [:w k v] [:append k v]]")
  }
}

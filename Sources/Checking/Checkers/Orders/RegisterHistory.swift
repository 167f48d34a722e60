import Determinism
import Histories

/// The reads and writes of registers, each read tied to the one write whose value it returned.
///
/// Failed writes, reads without a result and indeterminate writes that nobody saw are left out:
/// they constrain nothing. An indeterminate write whose value was read has happened.
struct RegisterHistory {
  /// A read with a result, or a write that happened; operations are named by their positions.
  struct Access {
    enum Kind: Equatable {
      case write
      /// A read of what this write wrote, or of the initial value.
      case read(from: Int?)
    }

    let operation: Int
    /// The place of its key in `keys`.
    let key: Int
    let kind: Kind
  }

  private struct KeyedValue: Hashable {
    let key: Int
    let value: Value
  }

  /// Every operation of the history.
  let operations: ChunkedLog<Operation>
  /// The keys in the order in which the history first mentions them.
  private(set) var keys: [Value] = []
  /// What was read and written, in order of invocation.
  private(set) var accesses: [Access] = []
  /// Reads of values that no write can have written.
  private(set) var anomalies: [Anomaly] = []
  /// What keeps reads from being tied to writes: a value that was written twice, and read.
  private(set) var advice: String?

  private let initial: Value
  private var keyNumbers: [Value: Int] = [:]
  private var writers: [KeyedValue: Int] = [:]
  private var failedWriters: [KeyedValue: Int] = [:]
  private var repeatedWriters: [KeyedValue: Int] = [:]

  /// Reads a history of `read` and `write`; any other function is an error.
  init(_ history: History, initial: Value) throws(SpecificationError) {
    operations = history.operations
    self.initial = initial
    var actions: [RegisterSpecification.Action?] = []
    let specification = RegisterSpecification()
    for (position, operation) in operations.enumerated() {
      let action = try specification.action(for: operation)
      actions.append(action)
      switch action {
      case .write(let value): noteWrite(position, value: value)
      case .compareAndSet, .mismatch:
        throw SpecificationError(
          operation, message: "this checker needs blind writes", fix: "use read and write only")
      default: break
      }
    }
    tieReads(actions)
  }

  /// The option that says what registers hold before the first write.
  static let initialOption = CheckerOption(
    "initial", values: .number(minimum: .min, default: nil),
    meaning: "the number that every register holds at first; without it registers are empty")

  /// The initial value that was chosen.
  static func initial(_ options: CheckerOptions) -> Value {
    options.number(initialOption.name).map { .integer($0) } ?? .none
  }

  private mutating func number(of key: Value) -> Int {
    if let number = keyNumbers[key] { return number }
    keyNumbers[key] = keys.count
    keys.append(key)
    return keys.count - 1
  }

  private mutating func noteWrite(_ position: Int, value: Value) {
    let operation = operations[position]
    let written = KeyedValue(key: number(of: operation.invocation.key), value: value)
    if operation.completion == .fail {
      failedWriters[written] = position
    } else if writers[written] == nil {
      writers[written] = position
    } else {
      repeatedWriters[written] = position
    }
  }

  private mutating func tieReads(_ actions: [RegisterSpecification.Action?]) {
    var isObserved = [Bool](repeating: false, count: operations.count)
    var reads = [Access.Kind?](repeating: nil, count: operations.count)
    for (position, action) in actions.enumerated() {
      guard case .read(let value) = action else { continue }
      let key = number(of: operations[position].invocation.key)
      reads[position] = read(KeyedValue(key: key, value: value), position: position)
      if case .read(from: let write?) = reads[position] { isObserved[write] = true }
    }
    for (position, action) in actions.enumerated() {
      var kind = reads[position]
      if case .write = action { kind = happened(position, isObserved: isObserved) ? .write : nil }
      guard let kind else { continue }
      let key = number(of: operations[position].invocation.key)
      accesses.append(Access(operation: position, key: key, kind: kind))
    }
  }

  private func happened(_ write: Int, isObserved: [Bool]) -> Bool {
    switch operations[write].completion {
    case .ok: true
    case .info: isObserved[write]
    case .fail: false
    }
  }

  /// A read tied to the write that it saw, or nil when there is no such write or no telling.
  private mutating func read(_ read: KeyedValue, position: Int) -> Access.Kind? {
    let writer = writers[read]
    if read.value == initial {
      guard let writer else { return .read(from: nil) }
      note(ambiguous: read, why: "its initial value was also written", writers: [writer])
      return nil
    }
    if let writer {
      guard let again = repeatedWriters[read] else { return .read(from: writer) }
      note(ambiguous: read, why: "it was written more than once", writers: [writer, again])
      return nil
    }
    noteUnexplained(read, position: position)
    return nil
  }

  private mutating func noteUnexplained(_ read: KeyedValue, position: Int) {
    let key = keys[read.key]
    let what = "\(read.value)\(key == .none ? "" : " of key \(key)")"
    if let failed = failedWriters[read] {
      anomalies.append(
        Anomaly(
          "aborted-read", key: key, operations: [OperationID(failed), OperationID(position)],
          text: "\(what) was read, although the only write of it failed"))
    } else {
      anomalies.append(
        Anomaly(
          "thin-air-read", key: key, operations: [OperationID(position)],
          text: "\(what) was read, although nobody wrote it"))
    }
  }

  private mutating func note(ambiguous read: KeyedValue, why: String, writers: [Int]) {
    guard advice == nil else { return }
    let key = keys[read.key]
    let events = writers.map { String(operations[$0].invokedAt) }.joined(separator: " and ")
    advice =
      "there is no telling which write the reads of \(read.value)"
      + "\(key == .none ? "" : " of key \(key)") saw: \(why) (event \(events)); "
      + "give every write of a key a value of its own"
  }

  /// An operation in words, such as `write 3 of key "x"`.
  func words(_ position: Int) -> String {
    let operation = operations[position]
    let call = operation.invocation
    let key = call.key == .none ? "" : " of key \(call.key)"
    guard ["read", "get"].contains(call.function), case .ok(let result) = operation.completion
    else { return "write \(call.input)\(key)" }
    return "read \(result)\(key)"
  }
}

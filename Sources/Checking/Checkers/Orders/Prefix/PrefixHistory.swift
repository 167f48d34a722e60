import Determinism
import Histories

/// What writes did to registers and lists, and which of them reads saw.
///
/// Understands `write`, `append` and `read` of a key, and `txn` with any number of them, as long as
/// it only writes or only reads. Failed writes and indeterminate ones that nobody saw are left out.
struct PrefixHistory {
  /// A write or an append of one value.
  struct Effect: Hashable {
    let key: Int
    let value: Value
  }

  /// What a read found under a key.
  struct Sight {
    let key: Int
    /// The writes of the values that were there, in order; at most one in a register.
    let writes: [Int]
  }

  struct Read {
    let operation: Int
    let sights: [Sight]
  }

  let operations: ChunkedLog<Operation>
  private(set) var keys: [Value] = []
  /// Whether each key holds a list or one value; nil for keys that nobody wrote.
  private(set) var isList: [Bool?] = []
  /// The operations that wrote each key, in order of invocation.
  private(set) var writers: [[Int]] = []
  /// Whether an operation wrote anything, and certainly or visibly did.
  private(set) var isWrite: [Bool]
  private(set) var reads: [Read] = []
  /// Reads of what nobody can have written.
  private(set) var anomalies: [Anomaly] = []
  /// What keeps reads from being tied to writes: a value that was written twice, and read.
  private(set) var advice: String?

  private let initial: Value
  private var keyNumbers: [Value: Int] = [:]
  private var authors: [Effect: [Int]] = [:]

  /// Reads a history; functions that do something else are errors.
  init(_ history: History, initial: Value) throws(SpecificationError) {
    operations = history.operations
    self.initial = initial
    isWrite = Array(repeating: false, count: operations.count)
    var calls: [PrefixCall] = []
    for (position, operation) in operations.enumerated() {
      let call = try PrefixCall(operation)
      calls.append(call)
      for part in call.writes { try note(part, position: position) }
    }
    var isSeen = [Bool](repeating: false, count: operations.count)
    for (position, call) in calls.enumerated() where !call.reads.isEmpty {
      reads.append(read(call, position: position, &isSeen))
    }
    for (position, call) in calls.enumerated() where !call.writes.isEmpty {
      guard operations[position].completion != .fail,
        operations[position].completion != .info || isSeen[position]
      else { continue }
      isWrite[position] = true
      for part in call.writes {
        writers[number(of: part.key)].append(position)
      }
    }
  }

  private mutating func number(of key: Value) -> Int {
    if let number = keyNumbers[key] { return number }
    keyNumbers[key] = keys.count
    keys.append(key)
    isList.append(nil)
    writers.append([])
    return keys.count - 1
  }

  /// Notes that an operation wrote a value, or tried to.
  private mutating func note(
    _ part: PrefixCall.Part, position: Int
  ) throws(SpecificationError) {
    let key = number(of: part.key)
    guard isList[key] ?? part.isAppend == part.isAppend else {
      throw SpecificationError(
        operations[position], message: "key \(part.key) is both written and appended to",
        fix: "use write for registers and append for lists")
    }
    isList[key] = part.isAppend
    authors[Effect(key: key, value: part.value), default: []].append(position)
  }

  private mutating func read(
    _ call: PrefixCall, position: Int, _ isSeen: inout [Bool]
  ) -> Read {
    var sights: [Sight] = []
    for part in call.reads {
      let key = number(of: part.key)
      var writes: [Int] = []
      var isClear = true
      let values = values(in: part.value, key: key)
      if Set(values).count < values.count {
        anomalies.append(
          Anomaly(
            "duplicate-element", key: part.key, operations: [OperationID(position)],
            text: "\(part.value)\(words(forKey: key)) was read, with an element twice"))
      }
      for value in values {
        guard let write = author(of: Effect(key: key, value: value), read: position) else {
          isClear = false
          continue
        }
        isSeen[write] = true
        writes.append(write)
      }
      if isClear { sights.append(Sight(key: key, writes: writes)) }
    }
    return Read(operation: position, sights: sights)
  }

  /// The values that a read found: none in an empty list or in a register at first.
  private func values(in result: Value, key: Int) -> [Value] {
    switch (isList[key], result) {
    case (_, .none), (_, initial): []
    case (true, .list(let values)), (nil, .list(let values)): values
    default: [result]
    }
  }

  /// The operation that wrote a value, or nil if there is none or no telling.
  private mutating func author(of effect: Effect, read: Int) -> Int? {
    let authors = authors[effect] ?? []
    let possible = authors.filter { operations[$0].completion != .fail }
    if possible.count == 1 { return possible[0] }
    let what = "\(effect.value)\(words(forKey: effect.key))"
    if possible.count > 1 {
      advice =
        advice ?? "there is no telling which write of \(what) was read; "
        + "give every write of a key a value of its own"
    } else if let failed = authors.first {
      anomalies.append(
        Anomaly(
          "aborted-read", key: keys[effect.key],
          operations: [OperationID(failed), OperationID(read)],
          text: "\(what) was read, although the only write of it failed"))
    } else {
      anomalies.append(
        Anomaly(
          "thin-air-read", key: keys[effect.key], operations: [OperationID(read)],
          text: "\(what) was read, although nobody wrote it"))
    }
    return nil
  }

  private func words(forKey key: Int) -> String {
    keys[key] == .none ? "" : " of key \(keys[key])"
  }

  /// An operation in words, such as `append 3 of key "x"`.
  func words(_ position: Int) -> String {
    let operation = operations[position]
    let call = operation.invocation
    let key = call.key == .none ? "" : " of key \(call.key)"
    guard !isWrite[position], case .ok(let result) = operation.completion
    else { return "\(call.function) \(call.input)\(key)" }
    return "\(call.function) \(result)\(key)"
  }
}

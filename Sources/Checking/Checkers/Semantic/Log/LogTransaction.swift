import Determinism
import Histories

/// A message as one operation knows it.
struct LogItem {
  /// The number of the key.
  let key: Int
  /// The number of the message: equal for equal values of equal keys.
  let message: Int
  /// Where the message is in the log of its key, if the client was told.
  let offset: Int64?
}

/// An operation on logs.
struct LogTransaction {
  /// How it ended.
  enum Outcome {
    case ok
    case fail
    case info
  }

  let id: OperationID
  let process: ProcessID
  let outcome: Outcome
  let invocationTime: Instant?
  let completionTime: Instant?
  /// The place of the completion, or one after every event.
  let end: Int
  /// Whether it can only send.
  let isSend: Bool
  /// Whether the consumer lets the system choose among its keys, so that it may be rebalanced.
  let isSubscription: Bool
  /// What was sent, in order; with an offset where the client was told.
  var sends: [LogItem] = []
  /// What was polled, in order.
  var polls: [LogItem] = []
  /// The keys that a poll returned an answer for, even an empty one.
  var polledKeys: [Int] = []
  /// The keys that the consumer looks at from now on, if the operation chose them.
  var assigned: [Int]?

  init(_ id: OperationID, operation: Operation) {
    self.id = id
    process = operation.invocation.process
    outcome =
      switch operation.completion {
      case .ok: .ok
      case .fail: .fail
      case .info: .info
      }
    invocationTime = operation.invocationTime
    completionTime = operation.completionTime
    end = operation.end
    isSend = operation.invocation.function == "send"
    isSubscription = operation.invocation.function == "subscribe"
  }
}

/// The operations of a history on logs, with keys and messages numbered.
struct LogHistory {
  /// A value in the log of a key.
  struct Message: Hashable {
    let key: Int
    let value: Value
  }

  private(set) var transactions: [LogTransaction] = []
  private(set) var keys = Numbering<Value>()
  private(set) var messages = Numbering<Message>()

  /// Translates `send`, `poll` and `txn` of micro-operations, `assign` and `subscribe`.
  ///
  /// Micro-operations are those of Jepsen's Kafka tests: `[:send k v]`, completed as
  /// `[:send k [offset v]]`, and `[:poll]`, completed as `[:poll {k [[offset v] …]}]`. Without a
  /// list of them a `send` addresses its key with a value and returns the offset, and a `poll`
  /// addresses its key and returns `[[offset v] …]`. What a failed or indeterminate operation
  /// learned counts, too: nobody should ever poll what is not there.
  init(_ history: History) throws(SpecificationError) {
    for (position, operation) in history.operations.enumerated() {
      var transaction = LogTransaction(OperationID(position), operation: operation)
      switch operation.invocation.function {
      case "send", "poll", "txn": try add(operation, to: &transaction)
      case "assign", "subscribe":
        transaction.assigned = try assignment(of: operation)
      case "crash", "debug-topic-partitions": continue
      default: throw operation.foreign("log", fix: "use send, poll, txn, assign and subscribe")
      }
      transactions.append(transaction)
    }
  }

  /// The value of a message.
  func value(_ message: Int) -> Value { messages.elements[message].value }

  private mutating func assignment(
    of operation: Operation
  ) throws(SpecificationError) -> [Int]? {
    // A failed one leaves everything as it was; one with an unknown outcome might not.
    guard !operation.hasFailed else { return nil }
    guard let keys = operation.invocation.input.elements else {
      throw SpecificationError(
        operation, message: "this assigns no list of keys", fix: "use [k1 k2]")
    }
    return keys.map { Int(self.keys.number(of: $0)) }
  }

  private mutating func add(
    _ operation: Operation, to transaction: inout LogTransaction
  ) throws(SpecificationError) {
    let invocation = operation.invocation
    let result = operation.output ?? operation.partialResult
    if let micros = Self.micros(in: result) ?? Self.micros(in: invocation.input) {
      for micro in micros { try add(micro, of: operation, to: &transaction) }
    } else if invocation.function == "send" {
      let offset = result.integer ?? Self.pair(result)?.offset
      let key = Int(keys.number(of: invocation.key))
      transaction.sends.append(item(key, value: invocation.input, offset: offset))
    } else if invocation.function == "poll" {
      let answer = invocation.key == .none ? result : .list([.list([invocation.key, result])])
      try addPoll(answer, of: operation, to: &transaction)
    } else {
      throw SpecificationError(
        operation, message: "this is no transaction", fix: "use [[:send k v] [:poll]]")
    }
  }

  /// The lists that begin with `send` or `poll`, if the value is made of such.
  private static func micros(in value: Value) -> [[Value]]? {
    guard case .list(let elements) = value, !elements.isEmpty else { return nil }
    var micros: [[Value]] = []
    for case .list(let parts) in elements {
      guard let word = parts.first?.word, word == "send" || word == "poll" else { return nil }
      micros.append(parts)
    }
    return micros.count == elements.count ? micros : nil
  }

  private mutating func add(
    _ micro: [Value], of operation: Operation, to transaction: inout LogTransaction
  ) throws(SpecificationError) {
    switch (micro[0].word, micro.count) {
    case ("send", 3):
      let key = Int(keys.number(of: micro[1]))
      if let (offset, value) = Self.pair(micro[2]) {
        transaction.sends.append(item(key, value: value, offset: offset))
      } else {
        transaction.sends.append(item(key, value: micro[2], offset: nil))
      }
    case ("poll", 1): break
    case ("poll", 2): try addPoll(micro[1], of: operation, to: &transaction)
    default:
      throw SpecificationError(
        operation, message: "\(Value.list(micro)) is neither a send nor a poll",
        fix: "use [:send k v] and [:poll {k [[offset v]]}]")
    }
  }

  private mutating func addPoll(
    _ answer: Value, of operation: Operation, to transaction: inout LogTransaction
  ) throws(SpecificationError) {
    for entry in answer.elements ?? [.none] {
      guard case .list(let parts) = entry, parts.count == 2, let pairs = parts[1].elements else {
        throw SpecificationError(
          operation, message: "\(answer) is not what a poll returns",
          fix: "record {key [[offset value] …]}")
      }
      let key = Int(keys.number(of: parts[0]))
      transaction.polledKeys.append(key)
      for pair in pairs {
        guard let (offset, value) = Self.pair(pair) else {
          throw SpecificationError(
            operation, message: "\(pair) is not a message", fix: "record [offset value]")
        }
        transaction.polls.append(item(key, value: value, offset: offset))
      }
    }
  }

  /// An offset, which may be unknown, and a value.
  private static func pair(_ value: Value) -> (offset: Int64?, value: Value)? {
    guard case .list(let parts) = value, parts.count == 2 else { return nil }
    if parts[0] == .none { return (nil, parts[1]) }
    return parts[0].integer.map { ($0, parts[1]) }
  }

  private mutating func item(_ key: Int, value: Value, offset: Int64?) -> LogItem {
    let message = Int(messages.number(of: Message(key: key, value: value)))
    return LogItem(key: key, message: message, offset: offset)
  }
}

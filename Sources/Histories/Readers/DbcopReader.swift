import Determinism

/// Reads sessions of transactions in the notation of dbcop.
///
/// ```text
/// // a session, then another
/// [x:=1 y==?] [x==1]!
/// ---
/// [x==1 y:=2]
/// ```
///
/// `:=` writes, `==` reads, `?` is the value before the first write, and `!` marks a transaction
/// that did not commit. A session becomes a process, a transaction a `txn` of micro-operations such
/// as `[[:w :x 1] [:r :y nil]]`; one that did not commit fails and reports what it read. A read of
/// a 0 that no committed transaction wrote reads the value before the first write.
///
/// The notation orders the transactions of a session and nothing else. The history goes round: the
/// first transactions of all sessions are concurrent, then the second ones. That order between
/// sessions is an invention, so that only checkers of session order may judge it.
struct DbcopReader {
  private struct Access {
    var isWrite: Bool
    var variable: String
    /// The value, or nil for the value before the first write.
    var value: Int64?
  }

  private struct Transaction {
    var accesses: [Access]
    var isCommitted: Bool
  }

  private var source: SourceText
  private var sessions: [[Transaction]] = [[]]
  /// The variables to which a committed transaction wrote 0; looked up, never iterated.
  private var zeroed: Set<String> = []

  static func read(_ bytes: [UInt8]) throws(HistoryError) -> History {
    var file = DbcopReader(source: SourceText(bytes))
    try file.readSessions()
    return file.history()
  }

  // MARK: Notation

  private mutating func readSessions() throws(HistoryError) {
    while true {
      source.skipSpace()
      switch source.next {
      case nil: return
      case UInt8(ascii: "["):
        let transaction = try transaction()
        sessions[sessions.count - 1].append(transaction)
        guard transaction.isCommitted else { continue }
        for access in transaction.accesses where access.isWrite && access.value == 0 {
          zeroed.insert(access.variable)
        }
      case UInt8(ascii: "-"):
        _ = source.take { $0 == UInt8(ascii: "-") }
        sessions.append([])
      case UInt8(ascii: "/") where source.second == UInt8(ascii: "/"): source.skipLine()
      default:
        throw source.error(
          at: source.offset, message: "a transaction should begin here",
          fix: "write [x:=1 y==2], --- between sessions, or // before a comment")
      }
    }
  }

  private mutating func transaction() throws(HistoryError) -> Transaction {
    let start = source.offset
    source.offset += 1
    var accesses: [Access] = []
    source.skipSpace()
    while !source.skip(UInt8(ascii: "]")) {
      guard source.next != nil else {
        throw source.error(at: start, message: "this [ is never closed", fix: "add the missing ]")
      }
      accesses.append(try access())
      source.skipSpace()
    }
    return Transaction(accesses: accesses, isCommitted: !source.skip(UInt8(ascii: "!")))
  }

  private mutating func access() throws(HistoryError) -> Access {
    let variable = source.take { $0.belongsToVariable }
    guard !variable.isEmpty else {
      throw source.error(
        at: source.offset, message: "the name of a variable should be here",
        fix: "write x:=1 or x==1")
    }
    let operation = source.offset
    let isWrite = source.next == UInt8(ascii: ":")
    guard isWrite || source.next == UInt8(ascii: "="), source.second == UInt8(ascii: "=") else {
      throw source.error(
        at: operation, message: "the variable \(variable.prefix(40)) is neither written nor read",
        fix: "write := behind it to write, == to read")
    }
    source.offset += 2
    let place = source.offset
    if !isWrite, source.skip(UInt8(ascii: "?")) {
      return Access(isWrite: false, variable: variable, value: nil)
    }
    let digits = source.take { $0.isDigit }
    guard let value = Int64(digits) else {
      throw source.error(
        at: place, message: "a value is a 64-bit whole number that is not negative",
        fix: isWrite ? "write x:=1" : "write x==1, or x==? for the value before the first write")
    }
    return Access(isWrite: isWrite, variable: variable, value: value)
  }

  // MARK: History

  private func history() -> History {
    var history = History()
    var unfinished = sessions.indices.filter { !sessions[$0].isEmpty }
    var round = 0
    while !unfinished.isEmpty {
      var open: [(id: OperationID, transaction: Transaction)] = []
      for session in unfinished {
        let transaction = sessions[session][round]
        let id = history.invoke(
          Invocation(
            process: ProcessID(Int64(session)), function: "txn",
            input: value(of: transaction, withReads: false)))
        open.append((id, transaction))
      }
      for (id, transaction) in open {
        let result = value(of: transaction, withReads: true)
        if transaction.isCommitted {
          history.complete(id, .ok(result))
        } else {
          history.complete(id, .fail, partialResult: result)
        }
      }
      round += 1
      unfinished.removeAll { sessions[$0].count == round }
    }
    return history
  }

  private func value(of transaction: Transaction, withReads: Bool) -> Value {
    .list(
      transaction.accesses.map { access in
        let isInitial = access.value == 0 && !zeroed.contains(access.variable)
        let hasValue = access.isWrite || withReads && !isInitial
        return .list([
          .keyword(access.isWrite ? "w" : "r"), .keyword(access.variable),
          hasValue ? access.value.map(Value.integer) ?? .none : .none,
        ])
      })
  }
}

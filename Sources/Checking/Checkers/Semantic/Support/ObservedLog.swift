import Histories

/// What the operations of a history tell about one log.
struct ObservedLog {
  /// An entry with the operation that told it first.
  struct Entry {
    let value: Value
    let id: OperationID
    let operation: Operation
  }

  /// The known entries by offset; looked up, never iterated.
  private(set) var entries: [Int: Entry] = [:]
  /// How many entries the log certainly had, and from which event on.
  private(set) var extents: [(knownAt: Int, count: Int, id: OperationID)] = []
  /// The offsets at which two operations told different entries.
  private(set) var conflicts: [(offset: Int, first: OperationID, second: OperationID)] = []

  /// Notes an `append` that returned an offset, or a `log` that returned all entries.
  ///
  /// An append that returned `nil` happened, but nobody knows where.
  mutating func note(_ id: OperationID, operation: Operation) throws(SpecificationError) {
    guard let output = operation.output else { return }
    if operation.invocation.function == "log" {
      guard let values = output.elements else {
        throw SpecificationError(
          operation, message: "\(output) is not a list of entries", fix: "record the log as [a b c]"
        )
      }
      for (offset, value) in values.enumerated() {
        place(value, at: offset, id: id, operation: operation)
      }
      extents.append((operation.end, values.count, id))
    } else if output != .none {
      guard let offset = output.integer, (0..<Int64.max).contains(offset) else {
        throw SpecificationError(
          operation, message: "\(output) is not an offset", fix: "record offsets counted from zero")
      }
      place(operation.invocation.input, at: Int(offset), id: id, operation: operation)
      extents.append((operation.end, Int(offset) + 1, id))
    }
  }

  private mutating func place(
    _ value: Value, at offset: Int, id: OperationID, operation: Operation
  ) {
    guard let known = entries[offset] else {
      entries[offset] = Entry(value: value, id: id, operation: operation)
      return
    }
    if known.value != value { conflicts.append((offset, known.id, id)) }
  }
}

/// The state that the first entries of a log fold to.
struct FoldedState {
  private enum Kind {
    case lastValue
    case count
    case sum
  }

  private let kind: Kind
  private var number: Int64 = 0
  private var keys = Numbering<Value>()
  /// The last value of each key, `none` where it was deleted.
  private var latest: [Value] = []
  private var present = 0

  /// Creates the state before the first entry: `last-value`, `count` or `sum`.
  init(_ fold: String) {
    kind =
      switch fold {
      case "count": .count
      case "sum": .sum
      default: .lastValue
      }
  }

  /// Adds the next entry; a sum beyond 64 bits wraps around.
  mutating func apply(_ entry: Value, of operation: Operation) throws(SpecificationError) {
    switch (kind, entry) {
    case (.count, _): number += 1
    case (.sum, .integer(let amount)): number &+= amount
    case (.lastValue, .list(let pair)) where pair.count == 2:
      let key = Int(keys.number(of: pair[0]))
      if key == latest.count { latest.append(.none) }
      present += (pair[1] == .none ? 0 : 1) - (latest[key] == .none ? 0 : 1)
      latest[key] = pair[1]
    default:
      throw SpecificationError(
        operation, message: "\(entry) cannot be folded this way",
        fix: "record entries as [key value] for last-value, as numbers for sum")
    }
  }

  /// Whether a state that was read is this one; the order of a map does not matter.
  func equals(_ state: Value) -> Bool {
    guard kind == .lastValue else { return state == .integer(number) }
    guard let pairs = state.elements else { return false }
    var keys = keys
    var isSeen = Array(repeating: false, count: latest.count)
    var matches = 0
    for case .list(let pair) in pairs where pair.count == 2 {
      let key = Int(keys.number(of: pair[0]))
      if pair[1] == .none { continue }
      guard key < latest.count, latest[key] == pair[1], !isSeen[key] else { return false }
      isSeen[key] = true
      matches += 1
    }
    return matches == present
  }

  /// The state in words.
  var value: Value {
    guard kind == .lastValue else { return .integer(number) }
    return .list(
      zip(keys.elements, latest).filter { $1 != .none }.map { .list([$0, $1]) })
  }
}

import Determinism
import Histories

/// The operations of a history on one object, in order of invocation.
struct ObjectHistory: Sequence {
  /// The object, or `none` when the history is about a single one.
  let key: Value
  private let history: History
  private let positions: [Int]

  /// The number of operations.
  var count: Int { positions.count }

  /// Tells a history apart by key, in the order in which the keys are first mentioned.
  static func all(of history: History) -> [ObjectHistory] {
    var numbers = Numbering<Value>()
    var positions: [[Int]] = []
    for (position, operation) in history.operations.enumerated() {
      let number = Int(numbers.number(of: operation.invocation.key))
      if number == positions.count { positions.append([]) }
      positions[number].append(position)
    }
    return zip(numbers.elements, positions).map {
      ObjectHistory(key: $0, history: history, positions: $1)
    }
  }

  /// Visits every operation with its identity.
  func makeIterator() -> some IteratorProtocol<(id: OperationID, operation: Operation)> {
    positions.lazy.map { (OperationID($0), history.operations[$0]) }.makeIterator()
  }
}

extension Operation {
  /// What the operation returned if it succeeded.
  var output: Value? {
    if case .ok(let value) = completion { value } else { nil }
  }

  /// The place of the completion, or one after every event when the operation never ended.
  var end: Int { completedAt ?? .max }

  /// Whether the operation certainly did not happen.
  var hasFailed: Bool { completion == .fail }

  /// The complaint about a function that a checker knows nothing of.
  func foreign(_ checker: String, fix: String) -> SpecificationError {
    SpecificationError(
      self, message: "\(checker) has no function '\(invocation.function)'",
      fix: "\(fix), or choose another checker")
  }
}

extension Value {
  /// The elements of a list, or nil for any other value; `nil` is the empty list.
  var elements: [Value]? {
    switch self {
    case .list(let elements): elements
    case .none: []
    default: nil
    }
  }

  /// The whole number, if it is one.
  var integer: Int64? {
    if case .integer(let number) = self { number } else { nil }
  }

  /// The word of a keyword or string; JSON has only strings.
  var word: String? {
    switch self {
    case .keyword(let word), .text(let word): word
    default: nil
    }
  }
}

extension [OperationID] {
  /// The operations in order, each once.
  var distinct: [OperationID] {
    let sorted = sorted()
    return sorted.indices.filter { $0 == 0 || sorted[$0 - 1] != sorted[$0] }.map { sorted[$0] }
  }
}

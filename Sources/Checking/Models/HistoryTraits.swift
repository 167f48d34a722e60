import Determinism
import Histories

/// Which functions a history uses, and what kinds of values these take and return.
struct HistoryTraits {
  /// A kind of value.
  enum Kind {
    case boolean, integer, text, keyword, list

    /// The kind of a value, or nil for no value.
    init?(_ value: Value) {
      switch value {
      case .none: return nil
      case .boolean: self = .boolean
      case .integer: self = .integer
      case .text: self = .text
      case .keyword: self = .keyword
      case .list: self = .list
      }
    }
  }

  private struct Use {
    var function: String
    var inputs: [Kind] = []
    var outputs: [Kind] = []
  }

  /// More functions than any object has.
  private static let maximumFunctions = 32

  private var functions: [Use] = []
  /// Whether an operation addresses one of several objects.
  private(set) var hasKeys = false
  /// The names of the steps of transactions; `""` for what is not a step.
  private(set) var steps: [String] = []

  /// Looks at every operation, or returns nil when there are more functions than an object has.
  init?(_ history: History) {
    for operation in history.operations {
      let call = operation.invocation
      hasKeys = hasKeys || call.key != .none
      let place = functions.firstIndex { $0.function == call.function } ?? functions.count
      if place == functions.count { functions.append(Use(function: call.function)) }
      guard functions.count <= Self.maximumFunctions else { return nil }
      Self.note(call.input, in: &functions[place].inputs)
      if case .ok(let output) = operation.completion {
        Self.note(output, in: &functions[place].outputs)
      }
      if call.function == "txn" { noteSteps(call.input) }
    }
  }

  private static func note(_ value: Value, in kinds: inout [Kind]) {
    guard let kind = Kind(value), !kinds.contains(kind) else { return }
    kinds.append(kind)
  }

  private mutating func noteSteps(_ transaction: Value) {
    guard case .list(let parts) = transaction else { return }
    for part in parts {
      var name = ""
      if case .list(let words) = part, case .keyword(let word)? = words.first { name = word }
      if !steps.contains(name) && steps.count < Self.maximumFunctions { steps.append(name) }
    }
  }

  /// Whether the history uses a function.
  func uses(_ function: String) -> Bool { functions.contains { $0.function == function } }

  /// Whether the history uses no other functions.
  func uses(only names: [String]) -> Bool {
    functions.allSatisfy { names.contains($0.function) }
  }

  /// The kinds of values that a function takes, in order of appearance; `nil` counts as no value.
  func inputs(of function: String) -> [Kind] {
    functions.first { $0.function == function }?.inputs ?? []
  }

  /// The kinds of values that a function returned.
  func outputs(of function: String) -> [Kind] {
    functions.first { $0.function == function }?.outputs ?? []
  }
}

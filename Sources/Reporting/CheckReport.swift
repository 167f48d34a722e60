public import Checking
import Determinism
public import Histories

/// The verdict on a history as machines read it.
public struct CheckReport: Encodable, Sendable {
  /// How many operations ended how.
  public struct Counts: Encodable, Sendable {
    /// All operations.
    public var total = 0
    /// Operations that happened.
    public var ok = 0
    /// Operations that certainly did not happen.
    public var fail = 0
    /// Operations with an unknown fate.
    public var info = 0

    fileprivate mutating func count(_ operation: Operation) {
      total += 1
      switch operation.completion {
      case .ok: ok += 1
      case .fail: fail += 1
      case .info: info += 1
      }
    }
  }

  /// One operation.
  public struct OperationReport: Encodable, Sendable {
    /// The process that asked.
    public var process: Int64
    /// What it asked for.
    public var function: String
    /// The object.
    public var key: String?
    /// The arguments.
    public var input: String
    /// The result, as EDN writes it; null unless the operation happened.
    public var output: String?
    /// The place of the invocation among the history's events, from zero.
    public var invoked_at: Int
    /// The place of the completion.
    public var completed_at: Int?

    /// Describes an operation.
    public init(_ operation: Operation) {
      process = operation.invocation.process.number
      function = operation.invocation.function
      key = operation.invocation.key == .none ? nil : operation.invocation.key.description
      input = operation.invocation.input.description
      if case .ok(let value) = operation.completion { output = value.description }
      invoked_at = operation.invokedAt
      completed_at = operation.completedAt
    }

    /// The operation in words.
    public var text: String {
      let target = key.map { " of key \($0)" } ?? ""
      let argument = input == "nil" ? "" : " \(input)"
      let result = output.map { " -> \($0)" } ?? ""
      return "process \(process) \(function)\(argument)\(target)\(result)"
    }
  }

  /// Why a history is invalid.
  public struct ExplanationReport: Encodable, Sendable {
    /// The first operation that no order allows.
    public var operation: OperationReport
    /// How many operations on the same object completed before it.
    public var completed_before: Int
    /// The longest valid prefix: a legal order of the operations before it, by place in the history.
    public var valid_prefix: [Int]
    /// The states in which the object can be before it.
    public var possible_states: [String]
    /// How many such states there are.
    public var possible_state_count: Int
  }

  /// A legal order of the operations on one object.
  public struct OrderReport: Encodable, Sendable {
    /// The object, or null when all were judged together.
    public var key: String?
    /// Operations in the order in which they take effect, by place in the history.
    public var order: [Int]
  }

  /// The version of this schema.
  public let schema = "orrery/1"
  /// `valid`, `invalid` or `unknown`.
  public private(set) var verdict: String
  /// The model.
  public let model: String
  /// What the history holds.
  public private(set) var operations = Counts()
  /// The proof of a valid history.
  public private(set) var linearization: [OrderReport]?
  /// The reason of an invalid one.
  public private(set) var explanation: ExplanationReport?
  /// What would help to decide an undecided one.
  public private(set) var advice: String?

  /// Describes a verdict.
  public init(_ verdict: Verdict, on history: History, model: String) {
    self.model = model
    for operation in history.operations { operations.count(operation) }
    // What holds for nothing at all is no evidence.
    guard operations.total > 0 else {
      self.verdict = "unknown"
      advice = "the history holds no operations"
      return
    }
    switch verdict {
    case .valid(let certificate):
      self.verdict = "valid"
      linearization = certificate.partitions.map {
        OrderReport(
          key: $0.key.flatMap { $0 == .none ? nil : $0.description },
          order: $0.order.map(\.position))
      }
    case .invalid(let reason):
      self.verdict = "invalid"
      explanation = ExplanationReport(
        operation: OperationReport(history.operations[reason.operation.position]),
        completed_before: reason.completedBefore,
        valid_prefix: reason.linearization.map(\.position),
        possible_states: reason.possibleStates, possible_state_count: reason.possibleStateCount)
    case .unknown(let limit):
      self.verdict = "unknown"
      advice = limit.advice
    }
  }
}

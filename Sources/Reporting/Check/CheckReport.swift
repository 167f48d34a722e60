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

  /// Why a history is invalid.
  public struct ExplanationReport: Encodable, Sendable {
    /// The object at fault, where there are several.
    public var key: String?
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
    /// A smallest part of the history that is invalid in the same way, if it was looked for.
    public var minimal: [OperationReport]?
    /// What a few operations contradict each other about, where a monitor found them.
    public var conflict: AnomalyReport?
  }

  /// A legal order of the operations on one object.
  public struct OrderReport: Encodable, Sendable {
    /// The object, or null when all were judged together.
    public var key: String?
    /// Operations in the order in which they take effect, by place in the history.
    public var order: [Int]
  }

  /// One thing that should not be in the history.
  public struct AnomalyReport: Encodable, Sendable {
    /// Its name.
    public var name: String
    /// The object at fault, where there are several.
    public var key: String?
    /// What happened, in a sentence.
    public var text: String
    /// The operations that show it.
    public var operations: [OperationReport]
  }

  /// Something counted or measured.
  public struct FactReport: Encodable, Sendable {
    /// What it is.
    public var name: String
    /// The value as EDN writes it.
    public var value: String
  }

  /// The version of this schema.
  public let schema = "orrery/1"
  /// `valid`, `invalid` or `unknown`.
  public let verdict: String
  /// The property that was examined.
  public let checker: String
  /// The model, for properties that need one.
  public let model: String?
  /// What the history holds.
  public let operations: Counts
  /// The proof of a valid history.
  public let linearization: [OrderReport]?
  /// The reason of an invalid one.
  public let explanation: ExplanationReport?
  /// What should not be there.
  public let anomalies: [AnomalyReport]
  /// What was counted or measured.
  public let facts: [FactReport]
  /// What would help to decide an undecided one.
  public let advice: String?

  /// Describes an assessment.
  public init(_ assessment: Assessment, on history: History, checker: String, model: String?) {
    self.checker = checker
    self.model = model
    var counts = Counts()
    for operation in history.operations { counts.count(operation) }
    operations = counts
    // What holds for nothing at all is no evidence.
    let isEmpty = counts.total == 0
    switch assessment.outcome {
    case .valid where !isEmpty:
      verdict = "valid"
      advice = nil
    case .invalid:
      verdict = "invalid"
      advice = nil
    case .valid:
      verdict = "unknown"
      advice = "the history holds no operations"
    case .unknown(let help):
      verdict = "unknown"
      advice = isEmpty ? "the history holds no operations" : help
    }
    linearization = isEmpty ? nil : assessment.linearization.map(Self.orders)
    explanation = assessment.explanation.map { ExplanationReport($0, on: history) }
    anomalies = assessment.anomalies.map { AnomalyReport($0, on: history) }
    facts = assessment.facts.map { FactReport(name: $0.name, value: $0.value.description) }
  }

  private static func orders(_ linearization: Linearization) -> [OrderReport] {
    linearization.partitions.map {
      OrderReport(key: $0.key.flatMap(name(of:)), order: $0.order.map(\.position))
    }
  }

  /// The name of a key; histories about one object have none.
  fileprivate static func name(of key: Value) -> String? {
    key == .none ? nil : key.description
  }
}

extension CheckReport.ExplanationReport {
  fileprivate init(_ explanation: Explanation, on history: History) {
    key = explanation.key.flatMap(CheckReport.name(of:))
    operation = OperationReport(explanation.operation, in: history)
    completed_before = explanation.completedBefore
    valid_prefix = explanation.linearization.map(\.position)
    possible_states = explanation.possibleStates
    possible_state_count = explanation.possibleStateCount
    minimal = explanation.minimal.map { $0.map { OperationReport($0, in: history) } }
    conflict = explanation.conflict.map {
      CheckReport.AnomalyReport(
        Anomaly("conflict", operations: $0.operations, text: $0.reason), on: history)
    }
  }
}

extension CheckReport.AnomalyReport {
  fileprivate init(_ anomaly: Anomaly, on history: History) {
    name = anomaly.name
    key = anomaly.key.flatMap(CheckReport.name(of:))
    text = anomaly.text
    operations = anomaly.operations.map { OperationReport($0, in: history) }
  }
}

import Determinism
public import Histories

/// One operation as machines read it.
public struct OperationReport: Encodable, Sendable {
  /// The place of the operation in the history, from zero.
  public var position: Int
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

  /// Describes an operation of a history.
  public init(_ id: OperationID, in history: History) {
    let operation = history.operations[id.position]
    position = id.position
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
    // A write returns nothing worth saying; a read of nothing is worth it.
    let isSilent = input != "nil" && (output == input || output == "nil")
    let result = output.map { isSilent ? "" : " -> \($0)" } ?? " -> ?"
    return "process \(process) \(function)\(argument)\(target)\(result)"
  }
}

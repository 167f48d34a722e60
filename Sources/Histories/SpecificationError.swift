/// An operation that a sequential specification cannot interpret: an unknown function or odd arguments.
public struct SpecificationError: Error, Hashable, Sendable {
  /// The operation that does not belong to the model.
  public let operation: Operation
  /// What is wrong with it.
  public let message: String
  /// What would most likely put it right.
  public let fix: String

  /// Creates the error for one operation.
  public init(_ operation: Operation, message: String, fix: String) {
    self.operation = operation
    self.message = message
    self.fix = fix
  }
}

extension SpecificationError: CustomStringConvertible {
  /// The operation, the complaint and the likely fix, in one line.
  public var description: String {
    let call = operation.invocation
    let key = call.key == .none ? "" : " of key \(call.key)"
    return "operation \(call.function) \(call.input)\(key) by process \(call.process.number) "
      + "(event \(operation.invokedAt)): \(message); \(fix)"
  }
}

/// A generator that never returns the same identifier twice.
///
/// Each identifier is an object of its own, which can be taken once: a history is judged identifier
/// by identifier, in linear time.
public struct UniqueIDSpecification: DeterministicSpecification {
  /// An operation as the model sees it.
  public enum Action: Hashable, Sendable {
    /// Returned the identifier that the partition is about.
    case generate
  }

  /// Whether the identifier is taken.
  public let initialState = false

  /// Creates the specification.
  public init() {}

  /// Translates `generate`; without an identifier it constrains nothing.
  public func action(for operation: Operation) throws(SpecificationError) -> Action? {
    guard operation.invocation.function == "generate" else {
      throw operation.unknownFunction(of: "a generator of identifiers", use: "generate")
    }
    guard let output = operation.output else { return nil }
    guard output != .none else {
      throw SpecificationError(
        operation, message: "nil is not an identifier",
        fix: "record the identifier that was returned")
    }
    return .generate
  }

  /// True if the identifier was not taken before.
  public func apply(_ action: Action, to isTaken: Bool) -> Bool? { isTaken ? nil : true }

  /// False: an identifier is used up.
  public func isPure(_ action: Action) -> Bool { false }

  /// The identifier, with the key of the generator if there is one.
  public func partition(of operation: Operation) -> Value? {
    let key = operation.invocation.key
    let identifier = operation.output ?? .none
    return key == .none ? identifier : .list([key, identifier])
  }

  /// The state in a word.
  public func describe(_ isTaken: Bool) -> String { isTaken ? "taken" : "free" }
}

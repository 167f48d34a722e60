/// A lock with `acquire` and `release` that does not care who holds it, free at first.
public struct MutexSpecification: DeterministicSpecification {
  /// A lock operation as the model sees it.
  public enum Action: Hashable, Sendable {
    /// Takes the free lock.
    case acquire
    /// Gives the held lock back.
    case release
  }

  /// Whether the lock is held.
  public let initialState = false

  /// Creates the specification.
  public init() {}

  /// Translates `acquire` and `release`.
  public func action(for operation: Operation) throws(SpecificationError) -> Action? {
    switch operation.invocation.function {
    case "acquire": return .acquire
    case "release": return .release
    case let other:
      throw SpecificationError(
        operation, "a mutex has no function '\(other)'",
        fix: "use acquire and release, or choose another model")
    }
  }

  /// Whether the lock is held after the action, or nil when the action is impossible.
  public func apply(_ action: Action, to isHeld: Bool) -> Bool? {
    switch action {
    case .acquire: isHeld ? nil : true
    case .release: isHeld ? false : nil
    }
  }

  /// False: both actions change the lock.
  public func isPure(_ action: Action) -> Bool { false }

  /// The state in a word.
  public func describe(_ isHeld: Bool) -> String { isHeld ? "held" : "free" }
}

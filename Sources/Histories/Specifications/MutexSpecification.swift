/// A lock with `acquire` and `release` that does not care who holds it, free at first.
///
/// An operation that returned `false` was refused: the lock was held, or nobody held it.
public struct MutexSpecification: DeterministicSpecification {
  /// A lock operation as the model sees it.
  public enum Action: Hashable, Sendable {
    /// Takes the free lock.
    case acquire
    /// Gives the held lock back.
    case release
    /// Was refused, which shows whether the lock was held.
    case refused(isHeld: Bool)
  }

  /// Whether the lock is held.
  public let initialState = false

  /// Creates the specification.
  public init() {}

  /// Translates `acquire` and `release`.
  public func action(for operation: Operation) throws(SpecificationError) -> Action? {
    switch operation.invocation.function {
    case "acquire": return operation.isRefused ? .refused(isHeld: true) : .acquire
    case "release": return operation.isRefused ? .refused(isHeld: false) : .release
    default: throw operation.unknownFunction(of: "a mutex", use: "acquire and release")
    }
  }

  /// Whether the lock is held after the action, or nil when the action is impossible.
  public func apply(_ action: Action, to isHeld: Bool) -> Bool? {
    switch action {
    case .acquire: isHeld ? nil : true
    case .release: isHeld ? false : nil
    case .refused(let wasHeld): wasHeld == isHeld ? isHeld : nil
    }
  }

  /// Whether the action is a refusal.
  public func isPure(_ action: Action) -> Bool {
    switch action {
    case .refused: true
    case .acquire, .release: false
    }
  }

  /// The state in a word.
  public func describe(_ isHeld: Bool) -> String { isHeld ? "held" : "free" }
}

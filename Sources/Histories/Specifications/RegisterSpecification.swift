/// One register with `read`, `write` and, if allowed, `cas` (`get` and `put` are understood too).
///
/// On a history with keys it describes a key-value store: one register for each key.
public struct RegisterSpecification: DeterministicSpecification {
  /// What a completed read of `nil` says.
  public enum NilRead: Hashable, Sendable {
    /// The register was empty.
    case absent
    /// Nothing: the client did not record what it read (the convention of Knossos).
    case unknown
  }

  /// A register operation as the model sees it.
  public enum Action: Hashable, Sendable {
    /// A read that returned this value.
    case read(Value)
    /// A read whose result was not recorded.
    case unrecordedRead
    /// A blind write.
    case write(Value)
    /// A compare-and-set that took effect, or may have.
    case compareAndSet(expected: Value, new: Value)
    /// A compare-and-set that reported that the register held something else.
    case mismatch(expected: Value)
  }

  /// The value before the first write.
  public let initialState: Value
  private let nilRead: NilRead
  private let allowsCompareAndSet: Bool

  /// Creates the specification of a register that starts with a value, by default empty.
  public init(
    initial: Value = .none, nilRead: NilRead = .absent, allowsCompareAndSet: Bool = true
  ) {
    initialState = initial
    self.nilRead = nilRead
    self.allowsCompareAndSet = allowsCompareAndSet
  }

  /// Translates `read`, `write` and `cas`; an indeterminate read constrains nothing.
  ///
  /// A `cas` that completed with `false` observed a value other than the expected one.
  public func action(for operation: Operation) throws(SpecificationError) -> Action? {
    switch operation.invocation.function {
    case "read", "get":
      guard case .ok(let output) = operation.completion else { return nil }
      return output == .none && nilRead == .unknown ? .unrecordedRead : .read(output)
    case "write", "put":
      return .write(operation.invocation.input)
    case "cas" where allowsCompareAndSet:
      guard case .list(let pair) = operation.invocation.input, pair.count == 2 else {
        throw SpecificationError(
          operation, message: "cas takes two values", fix: "record its value as [expected new]")
      }
      return operation.completion == .ok(.boolean(false))
        ? .mismatch(expected: pair[0]) : .compareAndSet(expected: pair[0], new: pair[1])
    case let other:
      throw SpecificationError(
        operation, message: "a register has no function '\(other)'",
        fix: allowsCompareAndSet
          ? "use read, write and cas, or choose another model"
          : "use read and write, or choose the model cas-register")
    }
  }

  /// The value after the action, or nil when the action is impossible.
  public func apply(_ action: Action, to state: Value) -> Value? {
    switch action {
    case .read(let value): value == state ? state : nil
    case .unrecordedRead: state
    case .write(let value): value
    case .compareAndSet(let expected, let new): expected == state ? new : nil
    case .mismatch(let expected): expected == state ? nil : state
    }
  }

  /// Whether the action only observes; a `cas` from a value to itself does.
  public func isPure(_ action: Action) -> Bool {
    switch action {
    case .read, .unrecordedRead, .mismatch: true
    case .write: false
    case .compareAndSet(let expected, let new): expected == new
    }
  }

  /// Whether the action needs another value than the present one.
  public func isLost(_ action: Action, in state: Value) -> Bool { apply(action, to: state) == nil }

  /// Whether the action leaves a value that the lost one can do with.
  public func mayRestore(_ action: Action, lost: Action) -> Bool {
    switch action {
    case .read, .unrecordedRead, .mismatch: false
    case .write(let value), .compareAndSet(_, let value): apply(lost, to: value) != nil
    }
  }

  /// The value as EDN writes it.
  public func describe(_ state: Value) -> String { state.description }
}

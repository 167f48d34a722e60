/// A number with `add`, `increment`, `decrement` and `read`, zero at first.
///
/// An addition returns nothing that matters (Jepsen's clients echo the amount). Sums wrap around at
/// 64 bits.
public struct CounterSpecification: DeterministicSpecification {
  /// A counter operation as the model sees it.
  public enum Action: Hashable, Sendable {
    /// A read that returned this number.
    case read(Int64)
    /// An addition, of a negative amount for a decrement.
    case add(Int64)
  }

  /// The number before the first addition.
  public let initialState: Int64

  /// Creates the specification of a counter that starts with a number.
  public init(initial: Int64 = 0) {
    initialState = initial
  }

  /// Translates the functions; an indeterminate read constrains nothing.
  ///
  /// Without an amount, one is added.
  public func action(for operation: Operation) throws(SpecificationError) -> Action? {
    switch operation.invocation.function {
    case "read", "get":
      guard let output = operation.output else { return nil }
      return .read(try operation.integer(output, meaning: "a number that a counter may hold"))
    case "add", "increment", "inc", "incr": return .add(try operation.amount())
    case "decrement", "dec", "decr": return .add(0 &- (try operation.amount()))
    default:
      throw operation.unknownFunction(
        of: "a counter", use: "add, increment, decrement and read")
    }
  }

  /// The number after the action, or nil when the action is impossible.
  public func apply(_ action: Action, to state: Int64) -> Int64? {
    switch action {
    case .read(let number): number == state ? state : nil
    case .add(let amount): state &+ amount
    }
  }

  /// Whether the action is a read or adds nothing.
  public func isPure(_ action: Action) -> Bool {
    switch action {
    case .read: true
    case .add(let amount): amount == 0
    }
  }
}

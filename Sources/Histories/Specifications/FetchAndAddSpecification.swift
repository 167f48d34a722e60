/// A number whose additions tell what it was (`fetch-and-add`) or became (`add-and-fetch`).
///
/// Zero at first; sums wrap around at 64 bits.
public struct FetchAndAddSpecification: DeterministicSpecification {
  /// An operation as the model sees it.
  public enum Action: Hashable, Sendable {
    /// A read that returned this number.
    case read(Int64)
    /// An addition to this number.
    case add(Int64, to: Int64)
    /// An addition of which nobody knows what it was added to.
    case blindAdd(Int64)
  }

  /// The number before the first addition.
  public let initialState: Int64

  /// Creates the specification of a number that starts with a value.
  public init(initial: Int64 = 0) {
    initialState = initial
  }

  /// Translates the functions; an indeterminate read constrains nothing.
  ///
  /// Without an amount, one is added. An addition that returned `nil` tells nothing.
  public func action(for operation: Operation) throws(SpecificationError) -> Action? {
    switch operation.invocation.function {
    case "read", "get":
      guard let output = operation.output else { return nil }
      return .read(try operation.integer(output, meaning: "a number that was read"))
    case "fetch-and-add", "fetch-add", "faa", "get-and-add":
      let amount = try operation.amount()
      guard let output = operation.output, output != .none else { return .blindAdd(amount) }
      return .add(
        amount, to: try operation.integer(output, meaning: "the number before the addition"))
    case "add-and-fetch", "add-and-get":
      let amount = try operation.amount()
      guard let output = operation.output, output != .none else { return .blindAdd(amount) }
      return .add(amount, to: try operation.integer(output, meaning: "the sum") &- amount)
    default:
      throw operation.unknownFunction(
        of: "this number", use: "fetch-and-add, add-and-fetch and read")
    }
  }

  /// The number after the action, or nil when the action is impossible.
  public func apply(_ action: Action, to state: Int64) -> Int64? {
    switch action {
    case .read(let number): number == state ? state : nil
    case .add(let amount, let number): number == state ? state &+ amount : nil
    case .blindAdd(let amount): state &+ amount
    }
  }

  /// Whether the action is a read or adds nothing.
  public func isPure(_ action: Action) -> Bool {
    switch action {
    case .read: true
    case .add(let amount, _), .blindAdd(let amount): amount == 0
    }
  }
}

import Histories

/// A counter that starts at zero, with `add` and `read`.
struct CounterSpecification: DeterministicSpecification {
  enum Action: Hashable, Sendable {
    case add(Int64)
    case read(Int64)
  }

  let initialState: Int64 = 0

  func action(for operation: Operation) throws(SpecificationError) -> Action? {
    switch (operation.invocation.function, operation.invocation.input, operation.completion) {
    case ("add", .integer(let amount), _): .add(amount)
    case ("read", _, .ok(.integer(let value))): .read(value)
    case ("read", _, .info), ("read", _, .fail): nil
    default:
      throw SpecificationError(operation, "not of a counter", fix: "use add and read of integers")
    }
  }

  func apply(_ action: Action, to state: Int64) -> Int64? {
    switch action {
    case .add(let amount): state + amount
    case .read(let value): value == state ? state : nil
    }
  }

  func isPure(_ action: Action) -> Bool {
    switch action {
    case .add(let amount): amount == 0
    case .read: true
    }
  }
}

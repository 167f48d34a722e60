import Histories

/// A stack with `push` and `pop`, empty at first; a `pop` of the empty stack returns nil.
struct TinyStack: DeterministicSpecification {
  enum Action: Hashable, Sendable {
    case push(Value)
    case pop(Value)
    /// A `pop` with an unknown result.
    case drop
  }

  let initialState: [Value] = []

  func action(for operation: Operation) throws(SpecificationError) -> Action? {
    switch (operation.invocation.function, operation.completion) {
    case ("push", _): return .push(operation.invocation.input)
    case ("pop", .ok(let output)): return .pop(output)
    case ("pop", _): return .drop
    case (let other, _):
      throw SpecificationError(
        operation, message: "no function '\(other)'", fix: "use push and pop")
    }
  }

  func apply(_ action: Action, to state: [Value]) -> [Value]? {
    switch action {
    case .push(let value): state + [value]
    case .pop(let value): (state.last ?? .none) == value ? state.dropLast() : nil
    case .drop: state.dropLast()
    }
  }

  func isPure(_ action: Action) -> Bool { action == .pop(.none) }
}

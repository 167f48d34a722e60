import Histories

/// A number that only grows: `raise` lifts it to a value unless it is higher, `read` returns it.
struct HighWaterMark: DeterministicSpecification {
  enum Action: Hashable { case raise(Int64), read(Int64) }
  let initialState: Int64 = 0

  func action(for operation: Operation) throws(SpecificationError) -> Action? {
    let call = operation.invocation
    switch (call.function, call.input, operation.completion) {
    case ("raise", .integer(let value), _): return .raise(value)
    case ("read", _, .ok(.integer(let value))): return .read(value)
    case ("read", _, .info), ("read", _, .fail): return nil
    default: throw SpecificationError(operation, message: "no such call", fix: "use raise and read")
    }
  }

  func apply(_ action: Action, to mark: Int64) -> Int64? {
    switch action {
    case .raise(let value): max(mark, value)
    case .read(let value): value == mark ? mark : nil
    }
  }

  func isPure(_ action: Action) -> Bool { if case .read = action { true } else { false } }
}

import Histories

/// Registers with an operation that exchanges the contents of two: `swap` of `[x y]`.
///
/// The smallest specification whose operations tie keys together.
struct SwapSpecification: DeterministicSpecification {
  enum Action: Hashable, Sendable {
    case read(register: Int, Value)
    case write(register: Int, Value)
    case swap(Int, Int)
  }

  /// The keys of the registers, empty at first.
  static let keys = ["a", "b", "c", "d"].map { Value.text($0) }

  let initialState = [Value](repeating: .none, count: keys.count)

  func action(for operation: Operation) throws(SpecificationError) -> Action? {
    let registers = (partitions(of: operation) ?? []).compactMap { Self.keys.firstIndex(of: $0) }
    switch (operation.invocation.function, operation.completion) {
    case ("read", .ok(let output)): return .read(register: registers[0], output)
    case ("read", _): return nil
    case ("write", _): return .write(register: registers[0], operation.invocation.input)
    case ("swap", _): return .swap(registers[0], registers[1])
    case (let other, _):
      throw SpecificationError(
        operation, message: "no function '\(other)'", fix: "use read, write or swap")
    }
  }

  func apply(_ action: Action, to state: [Value]) -> [Value]? {
    var next = state
    switch action {
    case .read(let register, let value): return state[register] == value ? state : nil
    case .write(let register, let value): next[register] = value
    case .swap(let left, let right): next.swapAt(left, right)
    }
    return next
  }

  func isPure(_ action: Action) -> Bool {
    if case .read = action { true } else { false }
  }

  /// Nil, for whoever wants one object: it holds all registers.
  func partition(of operation: Operation) -> Value? { nil }

  func partitions(of operation: Operation) -> [Value]? {
    if case .list(let pair) = operation.invocation.input { return pair }
    return [operation.invocation.key]
  }
}

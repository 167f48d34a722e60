import Determinism
import Histories

/// A register whose reads may return any of the last few values.
struct KStaleRegisterSpecification: DeterministicSpecification {
  private struct Observation: Hashable {
    let key: Value
    let value: Value
  }

  /// How many values a read may choose from, the latest first; the initial value counts as one.
  var depth: Int
  let initialState: [Value]
  /// What some read returned; looked up, never iterated.
  private var observed: Set<Observation> = []
  private let base = RegisterSpecification(allowsCompareAndSet: false)

  /// Creates the specification with which a history is to be judged.
  init(for history: History, initial: Value, depth: Int) {
    self.depth = depth
    initialState = [initial]
    for operation in history.operations {
      guard case .ok(let value) = operation.completion else { continue }
      observed.insert(Observation(key: operation.invocation.key, value: value))
    }
  }

  /// Translates `read` and `write`; an indeterminate write that nobody read constrains nothing.
  func action(for operation: Operation) throws(SpecificationError) -> RegisterSpecification.Action?
  {
    let action = try base.action(for: operation)
    if case .write(let value) = action, operation.completion == .info,
      !observed.contains(Observation(key: operation.invocation.key, value: value))
    {
      return nil
    }
    return action
  }

  /// The last values after the action, or nil when a read returned none of them.
  func apply(_ action: RegisterSpecification.Action, to state: [Value]) -> [Value]? {
    switch action {
    case .read(let value): state.contains(value) ? state : nil
    case .write(let value): [value] + state.prefix(depth - 1)
    default: state
    }
  }

  /// Whether the action is a read.
  func isPure(_ action: RegisterSpecification.Action) -> Bool { base.isPure(action) }

  /// The last values, the latest first.
  func describe(_ state: [Value]) -> String { Value.list(state).description }
}

/// A set that only grows: `add` puts one element in, `read` returns all of them in any order.
public struct SetSpecification: DeterministicSpecification {
  /// A set operation as the model sees it.
  public enum Action: Hashable, Sendable {
    /// A read that returned these elements, sorted.
    case read([Value])
    /// An insertion.
    case add(Value)
  }

  /// No elements; states are kept sorted.
  public let initialState: [Value] = []

  /// Creates the specification.
  public init() {}

  /// Translates `add` and `read`; an indeterminate read constrains nothing.
  ///
  /// A read that lists an element twice stays as it is, and is thus impossible.
  public func action(for operation: Operation) throws(SpecificationError) -> Action? {
    switch (operation.invocation.function, operation.completion) {
    case ("add", _):
      return .add(operation.invocation.input)
    case ("read", .ok(.list(let elements))):
      return .read(elements.sorted { $0.precedes($1) })
    case ("read", .ok(.none)):
      return .read([])
    case ("read", .ok(let other)):
      throw SpecificationError(
        operation, "\(other) is not a set", fix: "record what a read returned as #{a b} or [a b]")
    case ("read", _):
      return nil
    case (let other, _):
      throw SpecificationError(
        operation, "a set has no function '\(other)'",
        fix: "use add and read, or choose another model")
    }
  }

  /// The elements after the action, or nil when the action is impossible.
  public func apply(_ action: Action, to state: [Value]) -> [Value]? {
    switch action {
    case .read(let elements): return elements == state ? state : nil
    case .add(let element):
      guard let place = state.firstIndex(where: { !$0.precedes(element) }) else {
        return state + [element]
      }
      guard state[place] != element else { return state }
      var next = state
      next.insert(element, at: place)
      return next
    }
  }

  /// Whether the action is a read.
  public func isPure(_ action: Action) -> Bool {
    switch action {
    case .read: true
    case .add: false
    }
  }

  /// Whether a read lacks an element that is there now: sets only grow.
  public func isLost(_ action: Action, in state: [Value]) -> Bool {
    guard case .read(let elements) = action else { return false }
    return !state.allSatisfy(elements.contains)
  }

  /// False: elements never disappear.
  public func mayRestore(_ action: Action, _ lost: Action) -> Bool { false }

  /// The elements as EDN writes a set.
  public func describe(_ state: [Value]) -> String {
    "#{\(state.map(\.description).joined(separator: " "))}"
  }
}

/// A set that only grows: `add` puts one element in, `read` returns all of them in any order.
public struct GrowOnlySetSpecification: DeterministicSpecification {
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
    switch operation.invocation.function {
    case "add": return .add(operation.invocation.input)
    case "read": return try operation.setOutput().map { .read($0) }
    default: throw operation.unknownFunction(of: "a set that only grows", use: "add and read")
    }
  }

  /// The elements after the action, or nil when the action is impossible.
  public func apply(_ action: Action, to state: [Value]) -> [Value]? {
    switch action {
    case .read(let elements): elements == state ? state : nil
    case .add(let element):
      state.sortedContains(element) ? state : state.sortedInserting(element)
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
    return !state.allSatisfy(elements.sortedContains)
  }

  /// False: elements never disappear.
  public func mayRestore(_ action: Action, lost: Action) -> Bool { false }

  /// The elements as EDN writes a set.
  public func describe(_ state: [Value]) -> String { state.setDescription }

  /// The size of the elements.
  public func footprint(of state: [Value]) -> Int { state.footprint }
}

extension Operation {
  /// The elements that a completed read returned, sorted; nil when its outcome is unknown.
  func setOutput() throws(SpecificationError) -> [Value]? {
    guard let output else { return nil }
    if output == .none { return [] }
    guard let elements = output.elements else {
      throw SpecificationError(
        self, message: "\(output) is not a set",
        fix: "record what a read returned as #{a b} or [a b]")
    }
    return elements.sorted { $0.precedes($1) }
  }
}

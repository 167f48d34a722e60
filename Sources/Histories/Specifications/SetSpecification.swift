/// A set with `add`, `remove`, `contains` and `read`, empty at first.
///
/// `add` may tell whether the element was new and `remove` whether it was there, with `true` or
/// `false`; any other result, such as an echo of the element, tells nothing.
public struct SetSpecification: DeterministicSpecification {
  /// A set operation as the model sees it.
  public enum Action: Hashable, Sendable {
    /// A read that returned these elements, sorted.
    case read([Value])
    /// The element was there, or not; an `add` or `remove` that changed nothing says the same.
    case contains(Value, Bool)
    /// An insertion, which possibly reported that the element was new.
    case add(Value, wasNew: Bool)
    /// A removal, which possibly reported that the element was there.
    case remove(Value, wasThere: Bool)
  }

  /// No elements; states are kept sorted.
  public let initialState: [Value] = []

  /// Creates the specification.
  public init() {}

  /// Translates the functions; an indeterminate `contains` or `read` constrains nothing.
  ///
  /// A read that lists an element twice stays as it is, and is thus impossible.
  public func action(for operation: Operation) throws(SpecificationError) -> Action? {
    let element = operation.invocation.input
    switch (operation.invocation.function, operation.output) {
    case ("add", .boolean(false)), ("insert", .boolean(false)): return .contains(element, true)
    case ("add", let output), ("insert", let output):
      return .add(element, wasNew: output == .boolean(true))
    case ("remove", .boolean(false)), ("delete", .boolean(false)):
      return .contains(element, false)
    case ("remove", let output), ("delete", let output):
      return .remove(element, wasThere: output == .boolean(true))
    case ("contains", nil), ("member", nil): return nil
    case ("contains", .boolean(let isThere)), ("member", .boolean(let isThere)):
      return .contains(element, isThere)
    case ("contains", let output?), ("member", let output?):
      throw SpecificationError(
        operation, message: "\(output) does not say whether the element was there",
        fix: "record true or false")
    case ("read", _): return try operation.setOutput().map { .read($0) }
    default: throw operation.unknownFunction(of: "a set", use: "add, remove, contains and read")
    }
  }

  /// The elements after the action, or nil when the action is impossible.
  public func apply(_ action: Action, to state: [Value]) -> [Value]? {
    switch action {
    case .read(let elements): return elements == state ? state : nil
    case .contains(let element, let isThere):
      return state.sortedContains(element) == isThere ? state : nil
    case .add(let element, let wasNew):
      guard state.sortedContains(element) else { return state.sortedInserting(element) }
      return wasNew ? nil : state
    case .remove(let element, let wasThere):
      guard state.sortedContains(element) else { return wasThere ? nil : state }
      return state.removing(at: state.sortedPlace(of: element))
    }
  }

  /// Whether the action only observes.
  public func isPure(_ action: Action) -> Bool {
    switch action {
    case .read, .contains: true
    case .add, .remove: false
    }
  }

  /// Whether the action needs other elements than the present ones.
  public func isLost(_ action: Action, in state: [Value]) -> Bool {
    apply(action, to: state) == nil
  }

  /// Whether the action puts in or takes out an element that makes the difference.
  public func mayRestore(_ action: Action, lost: Action) -> Bool {
    switch action {
    case .read, .contains: false
    case .add(let element, _): lost.needs(element) ?? false
    case .remove(let element, _): lost.needs(element) == false
    }
  }

  /// The elements as EDN writes a set.
  public func describe(_ state: [Value]) -> String { state.setDescription }

  /// The size of the elements.
  public func footprint(of state: [Value]) -> Int { state.footprint }
}

extension SetSpecification.Action {
  /// Whether an element must be in the set for the action, or must not be, or nil if it is the same.
  fileprivate func needs(_ element: Value) -> Bool? {
    switch self {
    case .read(let elements): elements.sortedContains(element)
    case .contains(element, let isThere): isThere
    case .add(element, wasNew: true): false
    case .remove(element, wasThere: true): true
    case .contains, .add, .remove: nil
    }
  }
}

/// Many objects judged together instead of key by key: one object of the base model for each key.
///
/// The verdict equals that of judging each key apart; only the cost differs, usually for the worse.
public struct ProductSpecification<Base: SequentialSpecification>: SequentialSpecification {
  /// The state of one object that is no longer in its initial state.
  public struct Entry: Hashable, Sendable {
    fileprivate var key: Value
    fileprivate var state: Base.State
  }

  /// An action of the base model on the object with this key.
  public struct Action: Hashable, Sendable {
    fileprivate var key: Value
    fileprivate var base: Base.Action
  }

  private let base: Base

  /// Creates the product of as many objects of the base model as there are keys.
  public init(_ base: Base) {
    self.base = base
  }

  /// Every object is in its initial state; entries are sorted by key.
  public var initialState: [Entry] { [] }

  /// Translates the operation for the object that it addresses.
  public func action(for operation: Operation) throws(SpecificationError) -> Action? {
    guard let action = try base.action(for: operation) else { return nil }
    return Action(key: base.partition(of: operation) ?? .none, base: action)
  }

  /// Appends the state with the addressed object replaced by each of its successors.
  public func step(_ action: Action, from state: [Entry], into successors: inout [[Entry]]) {
    let (place, isPresent) = find(action.key, in: state)
    let object = isPresent ? state[place].state : base.initialState
    var outcomes: [Base.State] = []
    base.step(action.base, from: object, into: &outcomes)
    for outcome in outcomes {
      guard outcome != object else {
        successors.append(state)
        continue
      }
      var next = state
      if isPresent { next.remove(at: place) }
      if outcome != base.initialState {
        next.insert(Entry(key: action.key, state: outcome), at: place)
      }
      successors.append(next)
    }
  }

  /// Whether the addressed object allows the action.
  public func allows(_ action: Action, in state: [Entry]) -> Bool {
    let (place, isPresent) = find(action.key, in: state)
    return base.allows(action.base, in: isPresent ? state[place].state : base.initialState)
  }

  private func find(_ key: Value, in state: [Entry]) -> (place: Int, isPresent: Bool) {
    let place = state.firstIndex { !$0.key.precedes(key) } ?? state.count
    return (place, place < state.count && state[place].key == key)
  }

  /// Whether the base model calls the action pure.
  public func isPure(_ action: Action) -> Bool { base.isPure(action.base) }

  /// Nil: the operations of all keys belong together.
  public func partition(of operation: Operation) -> Value? { nil }

  /// The objects that were touched, as EDN writes a map.
  public func describe(_ state: [Entry]) -> String {
    "{\(state.map { "\($0.key) \(base.describe($0.state))" }.joined(separator: ", "))}"
  }
}

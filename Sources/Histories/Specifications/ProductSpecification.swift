/// Many objects judged together instead of key by key: one object of the base model for each key.
///
/// The verdict equals that of judging each key apart; only the cost differs, usually for the worse.
public struct ProductSpecification<Base: SequentialSpecification>: SequentialSpecification {
  /// The objects that are no longer in their initial state, by key.
  public typealias State = SortedTable<Base.State>

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

  /// Every object is in its initial state.
  public let initialState = State()

  /// Translates the operation for the object that it addresses.
  public func action(for operation: Operation) throws(SpecificationError) -> Action? {
    guard let action = try base.action(for: operation) else { return nil }
    return Action(key: base.partition(of: operation) ?? .none, base: action)
  }

  /// Appends the state with the addressed object replaced by each of its successors.
  public func step(_ action: Action, from state: State, into successors: inout [State]) {
    var outcomes: [Base.State] = []
    base.step(action.base, from: object(action.key, in: state), into: &outcomes)
    for outcome in outcomes {
      var next = state
      next[action.key] = outcome == base.initialState ? nil : outcome
      successors.append(next)
    }
  }

  /// Whether the addressed object allows the action.
  public func allows(_ action: Action, in state: State) -> Bool {
    base.allows(action.base, in: object(action.key, in: state))
  }

  /// Whether the action is lost in the object that it addresses.
  public func isLost(_ action: Action, in state: State) -> Bool {
    base.isLost(action.base, in: object(action.key, in: state))
  }

  /// Whether the action may restore the lost one in the object that both address.
  public func mayRestore(_ action: Action, lost: Action) -> Bool {
    action.key == lost.key && base.mayRestore(action.base, lost: lost.base)
  }

  private func object(_ key: Value, in state: State) -> Base.State {
    state[key] ?? base.initialState
  }

  /// Whether the base model calls the action pure.
  public func isPure(_ action: Action) -> Bool { base.isPure(action.base) }

  /// Nil: the operations of all keys belong together.
  public func partition(of operation: Operation) -> Value? { nil }

  /// The objects that were touched, as EDN writes a map.
  public func describe(_ state: State) -> String { state.description(of: base.describe) }

  /// The size of the table with what its objects keep elsewhere.
  public func footprint(of state: State) -> Int {
    state.elements.reduce(state.footprint) { $0 + base.footprint(of: $1) }
  }
}

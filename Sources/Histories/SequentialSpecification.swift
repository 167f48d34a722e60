/// What an object does when its operations happen one at a time: the criterion of linearizability.
///
/// A specification describes one object. Operations on different partitions (usually keys) are
/// judged apart, which is sound because linearizability is compositional (Herlihy and Wing 1990,
/// theorem 1). Wrap the specification in a `ProductSpecification` to judge all keys together.
public protocol SequentialSpecification: Sendable {
  /// Everything the object remembers.
  associatedtype State: Hashable & Sendable

  /// An operation as the model sees it: function, arguments and, if it completed, its output.
  ///
  /// Operations with equal actions are interchangeable.
  associatedtype Action: Hashable & Sendable

  /// The state before the first operation.
  var initialState: State { get }

  /// Translates an operation that did not fail, or returns nil when it constrains nothing.
  ///
  /// A completed operation carries its output into the action; an indeterminate one has none, so
  /// its action must be legal whatever the client would have been told.
  func action(for operation: Operation) throws(SpecificationError) -> Action?

  /// Appends every state the action may lead to, and nothing when the action is impossible here.
  ///
  /// The order must depend on the arguments alone, never on the iteration order of a hash table.
  func step(_ action: Action, from state: State, into successors: inout [State])

  /// Whether the action is possible in a state; a search asks this of pure actions all the time.
  func allows(_ action: Action, in state: State) -> Bool

  /// Whether the action changes no state in which it is legal, such as a read with its output.
  ///
  /// It is not enough that the action leaves one particular state alone: a blind write of the value
  /// that is already there is not pure.
  func isPure(_ action: Action) -> Bool

  /// Whether the action is impossible in a state and remains so, whatever happens, until another
  /// action restores it.
  ///
  /// A search turns back there, which often saves it from exponentially many orders. Where the
  /// answer is true, every action that does not restore the lost one leads to states in which the
  /// answer is still true. False is always right.
  func isLost(_ action: Action, in state: State) -> Bool

  /// Whether an action may make a lost one possible again, as a blind write does for a read.
  func mayRestore(_ action: Action, lost: Action) -> Bool

  /// The part of the world that the operation touches, or nil when it may touch everything.
  func partition(of operation: Operation) -> Value?

  /// All parts that the operation touches, or nil when it may touch everything.
  ///
  /// Parts that some operation touches together are judged together. A specification whose
  /// operations touch several, such as transactions, describes all of them in its state.
  func partitions(of operation: Operation) -> [Value]?

  /// The state in the words of the model, for explanations.
  func describe(_ state: State) -> String

  /// About how many bytes a state takes beside its fixed size, for the limits of a search.
  func footprint(of state: State) -> Int
}

extension SequentialSpecification {
  /// The key that the operation addresses.
  public func partition(of operation: Operation) -> Value? { operation.invocation.key }

  /// The one part that the operation touches.
  public func partitions(of operation: Operation) -> [Value]? {
    partition(of: operation).map { [$0] }
  }

  /// Whether the action leads anywhere.
  public func allows(_ action: Action, in state: State) -> Bool {
    var successors: [State] = []
    step(action, from: state, into: &successors)
    return !successors.isEmpty
  }

  /// False: nothing is known to be lost.
  public func isLost(_ action: Action, in state: State) -> Bool { false }

  /// True: any action may restore any other.
  public func mayRestore(_ action: Action, lost: Action) -> Bool { true }

  /// Zero: the state keeps everything in its fixed size.
  public func footprint(of state: State) -> Int { 0 }

  /// The state as Swift prints it.
  public func describe(_ state: State) -> String { String(describing: state) }
}

/// A specification in which an action leads from one state to at most one other.
public protocol DeterministicSpecification: SequentialSpecification {
  /// The state after the action, or nil when the action is impossible in this state.
  func apply(_ action: Action, to state: State) -> State?
}

extension DeterministicSpecification {
  /// Appends the one state after the action, if the action is possible.
  public func step(_ action: Action, from state: State, into successors: inout [State]) {
    if let next = apply(action, to: state) { successors.append(next) }
  }

  /// Whether the action leads anywhere.
  public func allows(_ action: Action, in state: State) -> Bool {
    apply(action, to: state) != nil
  }
}

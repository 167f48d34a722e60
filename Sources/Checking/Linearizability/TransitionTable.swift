import Histories

/// The part of a model that a history can reach: states and actions as small numbers, each step
/// computed once.
///
/// Knossos memoises its models in the same way; here the table grows on demand and has no bound of
/// its own. Shared by all partitions of a history, since they are objects of one model.
struct TransitionTable<Specification: SequentialSpecification> {
  /// The outcome of an action in a state.
  enum Outcome: Equatable {
    case impossible
    case one(UInt32)
    case several(ContiguousArray<UInt32>)
  }

  let specification: Specification
  private(set) var states: ContiguousArray<Specification.State> = []
  private(set) var actions: ContiguousArray<Specification.Action> = []
  private var stateNumbers: [Specification.State: UInt32] = [:]
  private var actionNumbers: [Specification.Action: UInt32] = [:]
  private var memo = NumberTable()
  private var choices: ContiguousArray<ContiguousArray<UInt32>> = []
  private var successors: [Specification.State] = []

  init(_ specification: Specification) {
    self.specification = specification
    _ = number(of: specification.initialState)
  }

  /// The number of the initial state.
  var initialState: UInt32 { 0 }

  /// The number of an action; equal actions have equal numbers.
  mutating func number(of action: Specification.Action) -> UInt32 {
    if let known = actionNumbers[action] { return known }
    let number = UInt32(actions.count)
    actionNumbers[action] = number
    actions.append(action)
    return number
  }

  private mutating func number(of state: Specification.State) -> UInt32 {
    if let known = stateNumbers[state] { return known }
    let number = UInt32(states.count)
    stateNumbers[state] = number
    states.append(state)
    return number
  }

  /// Where an action leads from a state.
  mutating func step(_ action: UInt32, from state: UInt32) -> Outcome {
    let key = UInt64(state) << 32 | UInt64(action)
    let code = memo[key] ?? compute(action, from: state, key: key)
    if code == Self.impossible { return .impossible }
    if code & Self.manyBit != 0 { return .several(choices[Int(code & ~Self.manyBit)]) }
    return .one(code)
  }

  private mutating func compute(_ action: UInt32, from state: UInt32, key: UInt64) -> UInt32 {
    successors.removeAll(keepingCapacity: true)
    specification.step(actions[Int(action)], from: states[Int(state)], into: &successors)
    var numbers: ContiguousArray<UInt32> = []
    var code = Self.impossible
    if successors.count == 1 {
      code = number(of: successors[0])
    } else if successors.count > 1 {
      for successor in successors {
        let number = number(of: successor)
        if !numbers.contains(number) { numbers.append(number) }
      }
      code = Self.manyBit | UInt32(choices.count)
      choices.append(numbers)
    }
    memo[key] = code
    return code
  }

  private static var impossible: UInt32 { .max }
  private static var manyBit: UInt32 { 1 << 31 }
}

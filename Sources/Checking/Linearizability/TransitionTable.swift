import Histories

/// The part of a model that a history can reach: states and actions as small numbers, each step
/// computed once.
///
/// Knossos memoises its models in the same way; here the table grows on demand, and forgets its steps
/// when they become too many. Shared by all partitions, since they are objects of one model.
struct TransitionTable<Specification: SequentialSpecification>: Sendable {
  /// The outcome of an action in a state: nothing, one state, or a choice between several.
  struct Outcome {
    fileprivate static var impossible: UInt32 { .max }
    fileprivate static var choiceBit: UInt32 { 1 << 31 }

    fileprivate let code: UInt32

    /// Whether the action is possible at all.
    var isPossible: Bool { code != Self.impossible }
  }

  /// The largest number of steps to remember: 32 MiB with the vacant places.
  private static var maximumSteps: Int { 1 << 20 }

  let specification: Specification
  /// How many bytes the states may take beside their fixed size.
  var byteLimit = Int.max
  private var heldBytes = 0
  /// How many states are counted in that, the initial one included.
  private var statesSized = 1
  private(set) var states = Numbering<Specification.State>()
  private var actions = Numbering<Specification.Action>()
  private var memo = NumberTable()
  private var choices: ContiguousArray<ContiguousArray<UInt32>> = []
  private var successors: [Specification.State] = []

  init(_ specification: Specification) {
    self.specification = specification
    _ = states.number(of: specification.initialState)
  }

  /// Whether the states take more memory than they may.
  var isFull: Bool { heldBytes > byteLimit }

  /// The number of the initial state.
  var initialState: UInt32 { 0 }

  /// The number of an action; equal actions have equal numbers.
  mutating func number(of action: Specification.Action) -> UInt32 {
    actions.number(of: action)
  }

  /// Whether an action is possible in a state; not remembered, since asking is cheap.
  func allows(_ action: UInt32, in state: UInt32) -> Bool {
    specification.allows(actions[action], in: states[state])
  }

  /// Whether an action is impossible from a state on, unless another one restores it.
  func isLost(_ action: UInt32, in state: UInt32) -> Bool {
    specification.isLost(actions[action], in: states[state])
  }

  /// Whether an action may make a lost one possible again.
  func mayRestore(_ action: UInt32, lost: UInt32) -> Bool {
    specification.mayRestore(actions[action], lost: actions[lost])
  }

  /// Where an action leads from a state.
  mutating func step(_ action: UInt32, from state: UInt32) -> Outcome {
    let key = UInt64(state) << 32 | UInt64(action)
    return Outcome(code: memo[key] ?? compute(action, from: state, key: key))
  }

  /// How many states an outcome leaves to choose from.
  func choiceCount(_ outcome: Outcome) -> Int {
    guard outcome.isPossible else { return 0 }
    guard outcome.code & Outcome.choiceBit != 0 else { return 1 }
    return choices[Int(outcome.code & ~Outcome.choiceBit)].count
  }

  /// One of the states that an outcome leaves to choose from.
  func choice(_ number: Int, of outcome: Outcome) -> UInt32 {
    guard outcome.code & Outcome.choiceBit != 0 else { return outcome.code }
    return choices[Int(outcome.code & ~Outcome.choiceBit)][number]
  }

  /// Whether an action may lead from one state to another.
  mutating func canReach(_ target: UInt32, by action: UInt32, from state: UInt32) -> Bool {
    let outcome = step(action, from: state)
    return (0..<choiceCount(outcome)).contains { choice($0, of: outcome) == target }
  }

  private mutating func compute(_ action: UInt32, from state: UInt32, key: UInt64) -> UInt32 {
    if memo.count == Self.maximumSteps {
      memo = NumberTable()
      choices = []
    }
    successors.removeAll(keepingCapacity: true)
    specification.step(actions[action], from: states[state], into: &successors)
    var code = Outcome.impossible
    if successors.count == 1 {
      code = number(of: successors[0])
    } else if successors.count > 1 {
      var numbers: ContiguousArray<UInt32> = []
      for successor in successors {
        let number = number(of: successor)
        if !numbers.contains(number) { numbers.append(number) }
      }
      code = Outcome.choiceBit | UInt32(choices.count)
      choices.append(numbers)
    }
    memo[key] = code
    return code
  }

  private mutating func number(of state: Specification.State) -> UInt32 {
    let number = states.number(of: state)
    if Int(number) == statesSized {
      heldBytes += specification.footprint(of: state)
      statesSized += 1
    }
    return number
  }
}

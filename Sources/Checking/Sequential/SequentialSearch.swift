import Histories

/// The search for one legal order of all operations that keeps the order of each process.
///
/// A configuration says how far each process has come, which operations of unknown outcome have
/// taken effect, and the state. There are at most as many as the product of the lengths of all
/// processes, times the states; the order of real time only serves as a hint where to look first.
/// Operations that only observe take effect as soon as they are next and legal: later steps see the
/// same state. Of interchangeable operations of unknown outcome the first is taken.
struct SequentialSearch<Specification: SequentialSpecification> {
  /// What came of a search.
  enum Outcome {
    /// These operations, by position, are a legal order.
    case order([OperationID])
    case impossible
    /// The budget is used up.
    case exhausted
  }

  /// Where each process stands, what else has taken effect, and the state: one word each.
  private typealias Configuration = ContiguousArray<UInt32>

  /// A step that may come next.
  private enum Step {
    case lane(Int)
    case floating(Int)
  }

  private struct Frame {
    var configuration: UInt32
    var steps: ContiguousArray<Step>
    var next = 0
    var branch = 0
    var orderCount: Int
  }

  private var history: SequentialHistory<Specification>
  private var table: TransitionTable<Specification>
  private var visited = Numbering<Configuration>()
  private var path: ContiguousArray<Frame> = []
  private var order: ContiguousArray<Int> = []

  init(_ history: SequentialHistory<Specification>) {
    self.history = history
    table = history.table
  }

  /// The number of configurations visited.
  var explored: Int { visited.elements.count }

  private var laneCount: Int { history.lanes.count }

  /// Searches until there is an answer or so many configurations have been visited.
  mutating func run(limit: Int) -> Outcome {
    var start = Configuration(
      repeating: 0, count: laneCount + (history.floating.count + 31) / 32 + 1)
    start[start.count - 1] = table.initialState
    if enter(start) { return found }
    while let top = path.indices.last {
      if visited.elements.count >= limit || table.isFull { return .exhausted }
      guard path[top].next < path[top].steps.count else {
        path.removeLast()
        continue
      }
      if advance(top) { return found }
    }
    return .impossible
  }

  private var found: Outcome { .order(order.map { OperationID($0) }) }

  /// Takes the next step of a configuration; true when all operations have their place.
  private mutating func advance(_ top: Int) -> Bool {
    let frame = path[top]
    var configuration = visited.elements[Int(frame.configuration)]
    let state = configuration[configuration.count - 1]
    let entry = entry(of: frame.steps[frame.next], in: configuration)
    let outcome = table.step(entry.action, from: state)
    if frame.branch + 1 < table.choiceCount(outcome) {
      path[top].branch += 1
    } else {
      path[top].next += 1
      path[top].branch = 0
    }
    guard outcome.isPossible else { return false }
    let next = table.choice(frame.branch, of: outcome)
    switch frame.steps[frame.next] {
    case .lane(let lane): configuration[lane] += 1
    case .floating(let number):
      // Without an effect it can as well never happen.
      if next == state { return false }
      configuration[laneCount + number / 32] |= 1 << UInt32(number % 32)
    }
    configuration[configuration.count - 1] = next
    order.removeLast(order.count - frame.orderCount)
    order.append(entry.position)
    return enter(configuration)
  }

  /// Lets what only observes take effect, and goes on from there if it is new; true at the end.
  private mutating func enter(_ configuration: Configuration) -> Bool {
    var configuration = configuration
    let state = configuration[configuration.count - 1]
    var isDone = true
    for lane in 0..<laneCount {
      while let entry = head(lane, configuration: configuration), entry.isPure,
        table.allows(entry.action, in: state)
      {
        configuration[lane] += 1
        order.append(entry.position)
      }
      isDone = isDone && head(lane, configuration: configuration) == nil
    }
    if isDone { return true }
    let known = visited.elements.count
    let number = visited.number(of: configuration)
    if Int(number) == known {
      path.append(
        Frame(configuration: number, steps: steps(from: configuration), orderCount: order.count))
    }
    return false
  }

  private func head(
    _ lane: Int, configuration: Configuration
  ) -> SequentialHistory<Specification>.Entry? {
    let place = Int(configuration[lane])
    return place < history.lanes[lane].count ? history.lanes[lane][place] : nil
  }

  private func entry(
    of step: Step, in configuration: Configuration
  ) -> SequentialHistory<Specification>.Entry {
    switch step {
    case .lane(let lane): history.lanes[lane][Int(configuration[lane])]
    case .floating(let number): history.floating[number].entry
    }
  }

  /// What may change the state next: first what was invoked first, then unknown outcomes.
  private func steps(from configuration: Configuration) -> ContiguousArray<Step> {
    var heads: ContiguousArray<(lane: Int, position: Int)> = []
    for lane in 0..<laneCount {
      if let entry = head(lane, configuration: configuration), !entry.isPure {
        heads.append((lane, entry.position))
      }
    }
    heads.sort { $0.position < $1.position }
    var steps = ContiguousArray(heads.map { Step.lane($0.lane) })
    var offered: ContiguousArray<UInt32> = []
    for (number, floating) in history.floating.enumerated() {
      let isUsed = configuration[laneCount + number / 32] >> UInt32(number % 32) & 1 == 1
      guard !isUsed, Int(configuration[floating.lane]) >= floating.place,
        !offered.contains(floating.entry.action)
      else { continue }
      offered.append(floating.entry.action)
      steps.append(.floating(number))
    }
    return steps
  }
}

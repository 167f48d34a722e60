import Histories

/// The search for a linearization of one partition: depth first, over frontiers instead of subsets.
///
/// A configuration is a layer (how many completions have passed), the set of open operations that
/// have taken effect, and a state. Everything completed before the layer has taken effect and
/// nothing invoked after it has, so n operations of which k are open at once have at most n·2^k
/// configurations for each state (Lee and Mathur 2025, arXiv 2509.05586).
///
/// Six rules keep the number visited small; none loses an order that matters.
/// 1. Branch only when a completion is due whose operation has not taken effect yet (Lowe 2017).
/// 2. Let a pure operation take effect as soon as it is legal: later steps see the same state.
/// 3. Of interchangeable indeterminate operations, use the one invoked first.
/// 4. Do not use an indeterminate operation where it changes nothing, or where the next operation
///    wipes out what it changed before anything observed it: the order without it is as good.
/// 5. Try first what makes the operation that is due possible; the others come after.
/// 6. Turn back when an operation that has to come is lost, and nothing that is left restores it.
struct FrontierSearch<Specification: SequentialSpecification> {
  typealias Table = TransitionTable<Specification>

  /// How far a search has come.
  enum Progress {
    case linearized
    case impossible
    case paused
  }

  /// A configuration on the current path, with the place of the next operation to try.
  private struct Frame {
    var layer: Int
    var state: UInt32
    var orderCount: Int
    /// The state before the indeterminate operation that led here, while nothing has observed it.
    var unobserved: UInt32?
    /// The candidate to try next, and which of its outcomes.
    var candidate = 0
    var branch = 0
    /// The first pass tries what enables the operation that is due, the second what it left out.
    var isSecondPass = false
    var hasLeftovers = false
  }

  /// How many later invocations to look through for one that restores a lost operation.
  private static var maximumOutlook: Int { 64 }

  let projection: Projection
  /// The layer to reach; the number of layers, unless only a prefix is to be linearized.
  private let goal: Int
  /// The layer before which an operation must complete to count as one that has to come.
  private let horizon: Int
  private let maskWords: Int
  private var visited: ConfigurationSet
  private var forgotten = 0
  private var path: ContiguousArray<Frame> = []
  private var pathMasks: ContiguousArray<UInt64> = []
  private var mask: ContiguousArray<UInt64>
  private var isStarted = false
  /// The entries that have taken effect on the current path, in order.
  private(set) var order: ContiguousArray<Int> = []
  /// The furthest layer that any configuration reached.
  private(set) var deepestLayer = 0
  /// The last completion that any configuration came to grief over; once the search has failed, it
  /// is certain that nothing gets past it.
  private(set) var lastObstacle = 0

  init(_ projection: Projection, goal: Int? = nil, horizon: Int? = nil) {
    self.projection = projection
    self.goal = goal ?? projection.returns.count
    self.horizon = horizon ?? self.goal
    maskWords = projection.maskWords
    visited = ConfigurationSet(maskWords: maskWords)
    mask = ContiguousArray(repeating: 0, count: maskWords)
  }

  /// The number of configurations visited so far.
  var explored: Int { forgotten + visited.count }

  /// The states of all visited configurations in a layer, in a fixed order.
  func states(inLayer layer: Int) -> [UInt32] { visited.states(inLayer: layer) }

  /// Gives back the memory of a search that has ended; the order stays.
  mutating func forget() {
    forgotten = explored
    visited = ConfigurationSet(maskWords: maskWords)
    path = []
    pathMasks = []
  }

  /// Searches on until there is an answer or so many configurations have been visited in all.
  mutating func run(until budget: Int, _ table: inout Table) -> Progress {
    if !isStarted {
      isStarted = true
      order.reserveCapacity(projection.entries.count)
      if enter(table.initialState, layer: 0, unobserved: nil, &table) { return .linearized }
    }
    while !path.isEmpty {
      if visited.count >= budget || table.isFull { return .paused }
      if advance(&table) { return .linearized }
    }
    return .impossible
  }

  /// Tries the next operation in the last configuration of the path; true when the goal is reached.
  private mutating func advance(_ table: inout Table) -> Bool {
    let top = path.count - 1
    let frame = path[top]
    guard frame.candidate < projection.candidateCount(in: frame.layer) else {
      endPass(top)
      return false
    }
    let entry = projection.candidate(frame.candidate, in: frame.layer)
    let action = projection.entries[entry].action
    guard isAvailable(entry, at: top) else {
      path[top].candidate += 1
      return false
    }
    let outcome = table.step(action, from: frame.state)
    if frame.branch + 1 < table.choiceCount(outcome) {
      path[top].branch += 1
    } else {
      path[top].candidate += 1
      path[top].branch = 0
    }
    guard outcome.isPossible else { return false }
    let state = table.choice(frame.branch, of: outcome)
    let due = projection.returns[frame.layer]
    let isHelpful =
      entry == due || table.allows(projection.entries[due].action, in: state)
    guard isHelpful != frame.isSecondPass else {
      path[top].hasLeftovers = true
      return false
    }
    let isIndeterminate = projection.entries[entry].layer == nil
    if isIndeterminate && state == frame.state { return false }
    if let before = frame.unobserved, table.canReach(state, by: action, from: before) {
      return false
    }
    restore(top)
    take(entry)
    return enter(
      state, layer: frame.layer, unobserved: isIndeterminate ? frame.state : nil, &table)
  }

  /// Turns to the second pass over the candidates, or leaves the configuration for good.
  private mutating func endPass(_ top: Int) {
    if path[top].hasLeftovers && !path[top].isSecondPass {
      path[top].isSecondPass = true
      path[top].candidate = 0
    } else {
      path.removeLast()
      pathMasks.removeLast(maskWords)
    }
  }

  /// Whether an operation is a choice at all in a configuration of the path.
  private func isAvailable(_ entry: Int, at top: Int) -> Bool {
    guard !hasTakenEffect(slot: projection.entries[entry].slot, at: top) else { return false }
    guard let twin = projection.entries[entry].twin else { return true }
    return hasTakenEffect(slot: projection.entries[twin].slot, at: top)
  }

  private func hasTakenEffect(slot: Int, at top: Int) -> Bool {
    pathMasks[top * maskWords + (slot >> 6)] >> UInt64(slot & 63) & 1 == 1
  }

  /// Returns mask and order to what they were in a configuration of the path.
  private mutating func restore(_ top: Int) {
    order.removeLast(order.count - path[top].orderCount)
    for word in 0..<maskWords { mask[word] = pathMasks[top * maskWords + word] }
  }

  private mutating func take(_ entry: Int) {
    let slot = projection.entries[entry].slot
    mask[slot >> 6] |= 1 << UInt64(slot & 63)
    order.append(entry)
  }

  /// Passes all completions that are due, and puts the configuration on the path if it is new.
  private mutating func enter(
    _ state: UInt32, layer: Int, unobserved: UInt32?, _ table: inout Table
  ) -> Bool {
    let orderCount = order.count
    let layer = pass(from: layer, state: state, &table)
    deepestLayer = max(deepestLayer, layer)
    if layer == goal { return true }
    lastObstacle = max(lastObstacle, layer)
    if isHopeless(state, layer: layer, table: table) { return false }
    if visited.insert(layer: layer, state: state, mask: mask, at: 0) {
      let isObserved = order.count > orderCount
      path.append(
        Frame(
          layer: layer, state: state, orderCount: order.count,
          unobserved: isObserved ? nil : unobserved))
      pathMasks.append(contentsOf: mask)
    }
    return false
  }

  /// Lets pure operations take effect and passes completions as long as they have; the new layer.
  private mutating func pass(from start: Int, state: UInt32, _ table: inout Table) -> Int {
    var layer = start
    guard layer < goal else { return layer }
    for place in projection.openObservers.places(in: layer) {
      takeIfAllowed(projection.openObservers[place], state: state, &table)
    }
    while true {
      let slot = projection.entries[projection.returns[layer]].slot
      let bit: UInt64 = 1 << UInt64(slot & 63)
      guard mask[slot >> 6] & bit != 0 else { return layer }
      mask[slot >> 6] &= ~bit
      layer += 1
      guard layer < goal else { return layer }
      for entry in projection.invoked(in: layer) where projection.entries[entry].isPure {
        takeIfAllowed(entry, state: state, &table)
      }
    }
  }

  /// Whether an operation that is due or open, and completes before the horizon, is lost for good.
  private mutating func isHopeless(_ state: UInt32, layer: Int, table: Table) -> Bool {
    guard layer < horizon else { return false }
    if isLost(projection.returns[layer], state: state, layer: layer, table: table) { return true }
    for place in projection.openObservers.places(in: layer) {
      let observer = projection.openObservers[place]
      guard let end = projection.entries[observer].layer, end < horizon else { return false }
      if isPending(observer), isLost(observer, state: state, layer: layer, table: table) {
        lastObstacle = max(lastObstacle, end)
        return true
      }
    }
    return false
  }

  /// Whether an operation is lost in a state, and nothing before its completion can restore it.
  private func isLost(_ entry: Int, state: UInt32, layer: Int, table: Table) -> Bool {
    let action = projection.entries[entry].action
    guard table.isLost(action, in: state), let end = projection.entries[entry].layer else {
      return false
    }
    let later = projection.invokedBefore[layer]..<projection.invokedBefore[end]
    guard later.count <= Self.maximumOutlook else { return false }
    for entry in later where table.mayRestore(projection.entries[entry].action, lost: action) {
      return false
    }
    for number in 0..<projection.candidateCount(in: layer) {
      let candidate = projection.candidate(number, in: layer)
      if isPending(candidate), table.mayRestore(projection.entries[candidate].action, lost: action)
      {
        return false
      }
    }
    return true
  }

  /// Whether an open operation has yet to take effect in the configuration that is being entered.
  private func isPending(_ entry: Int) -> Bool {
    let slot = projection.entries[entry].slot
    return mask[slot >> 6] >> UInt64(slot & 63) & 1 == 0
  }

  private mutating func takeIfAllowed(_ entry: Int, state: UInt32, _ table: inout Table) {
    guard isPending(entry), table.allows(projection.entries[entry].action, in: state) else {
      return
    }
    take(entry)
  }
}

import Histories

/// The search for a linearization of one partition: depth first, over frontiers instead of subsets.
///
/// A configuration is a layer (how many completions have passed), the set of open operations that
/// have taken effect, and a state. Everything completed before the layer has taken effect and
/// nothing invoked after it has, so n operations of which k are open at once have at most n·2^k
/// configurations for each state (Lee and Mathur 2025, arXiv 2509.05586).
///
/// Four rules keep the number visited small; none loses an order that matters.
/// 1. Branch only when a completion is due whose operation has not taken effect yet (Lowe 2017).
/// 2. Let a pure operation take effect as soon as it is legal: later steps see the same state.
/// 3. Of interchangeable indeterminate operations, use the one invoked first.
/// 4. Do not use an indeterminate operation where it changes nothing; it can be used later.
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
    var candidate = 0
    var branch = 0
  }

  let projection: Projection
  /// The layer to reach; the number of layers, unless only a prefix is to be linearized.
  private let goal: Int
  private let maskWords: Int
  private var visited: ConfigurationSet
  private var path: ContiguousArray<Frame> = []
  private var pathMasks: ContiguousArray<UInt64> = []
  private var mask: ContiguousArray<UInt64>
  private var isStarted = false
  /// The entries that have taken effect on the current path, in order.
  private(set) var order: ContiguousArray<Int> = []
  /// The furthest layer that any configuration reached.
  private(set) var deepestLayer = 0

  init(_ projection: Projection, goal: Int? = nil) {
    self.projection = projection
    self.goal = goal ?? projection.returns.count
    maskWords = projection.maskWords
    visited = ConfigurationSet(maskWords: maskWords)
    mask = ContiguousArray(repeating: 0, count: maskWords)
  }

  /// The number of configurations visited so far.
  var explored: Int { visited.count }

  /// The states of all visited configurations in the furthest layer, in a fixed order.
  var deepestStates: [UInt32] { visited.states(inLayer: deepestLayer) }

  /// Gives back the memory of a search that has ended; the order stays.
  mutating func forget() {
    visited = ConfigurationSet(maskWords: maskWords)
    path = []
    pathMasks = []
  }

  /// Searches on until there is an answer or so many configurations have been visited in all.
  mutating func run(until budget: Int, _ table: inout Table) -> Progress {
    if !isStarted {
      isStarted = true
      order.reserveCapacity(projection.entries.count)
      if enter(table.initialState, layer: 0, &table) { return .linearized }
    }
    while !path.isEmpty {
      if visited.count >= budget { return .paused }
      if advance(&table) { return .linearized }
    }
    return .impossible
  }

  /// Tries the next operation in the last configuration of the path; true when the goal is reached.
  private mutating func advance(_ table: inout Table) -> Bool {
    let top = path.count - 1
    let frame = path[top]
    guard let entry = candidate(of: frame) else {
      path.removeLast()
      pathMasks.removeLast(maskWords)
      return false
    }
    path[top].candidate += 1
    guard isAvailable(entry, at: top) else { return false }
    let state: UInt32
    switch table.step(projection.entries[entry].action, from: frame.state) {
    case .impossible: return false
    case .one(let only): state = only
    case .several(let states):
      state = states[frame.branch]
      if frame.branch + 1 < states.count {
        path[top].candidate = frame.candidate
        path[top].branch += 1
      } else {
        path[top].branch = 0
      }
    }
    if state == frame.state && projection.entries[entry].layer == nil { return false }
    restore(top)
    take(entry)
    return enter(state, layer: frame.layer, &table)
  }

  /// The operations to try in turn: the open ones, next to complete first, then the indeterminate.
  private func candidate(of frame: Frame) -> Int? {
    let open = projection.openPlaces(in: frame.layer)
    if frame.candidate < open.count {
      return projection.openEntry(at: open.lowerBound + frame.candidate)
    }
    let rest = frame.candidate - open.count
    guard rest < projection.indeterminate.count else { return nil }
    let entry = projection.indeterminate[rest]
    return entry < projection.invokedBefore[frame.layer] ? entry : nil
  }

  /// Whether an operation is a choice at all in a configuration of the path.
  private func isAvailable(_ entry: Int, at top: Int) -> Bool {
    let details = projection.entries[entry]
    guard !details.isPure, !hasTakenEffect(slot: details.slot, at: top) else { return false }
    guard let twin = details.twin else { return true }
    return hasTakenEffect(slot: projection.entries[twin].slot, at: top)
  }

  private func hasTakenEffect(slot: Int, at top: Int) -> Bool {
    pathMasks[top * maskWords + slot >> 6] >> UInt64(slot & 63) & 1 == 1
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
  private mutating func enter(_ state: UInt32, layer: Int, _ table: inout Table) -> Bool {
    var layer = layer
    if layer < goal {
      for place in projection.openPlaces(in: layer) {
        takeIfPure(projection.openEntry(at: place), state, &table)
      }
    }
    while layer < goal {
      let slot = projection.entries[projection.returns[layer]].slot
      let bit: UInt64 = 1 << UInt64(slot & 63)
      guard mask[slot >> 6] & bit != 0 else { break }
      mask[slot >> 6] &= ~bit
      layer += 1
      guard layer < goal else { break }
      for entry in projection.invoked(in: layer) { takeIfPure(entry, state, &table) }
    }
    deepestLayer = max(deepestLayer, layer)
    if layer == goal { return true }
    if visited.insert(layer: layer, state: state, mask: mask, at: 0) {
      path.append(Frame(layer: layer, state: state, orderCount: order.count))
      pathMasks.append(contentsOf: mask)
    }
    return false
  }

  private mutating func takeIfPure(_ entry: Int, _ state: UInt32, _ table: inout Table) {
    let details = projection.entries[entry]
    guard details.isPure, mask[details.slot >> 6] >> UInt64(details.slot & 63) & 1 == 0,
      table.step(details.action, from: state) != .impossible
    else { return }
    take(entry)
  }
}

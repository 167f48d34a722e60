import Histories

/// The operations of one partition, laid out for the search.
///
/// A layer is the wait for one completion: layer `n` ends with `returns[n]`. Operations are numbered
/// in order of invocation. Every open operation owns a slot; an indeterminate one keeps its slot for
/// ever, the others hand it on. Building costs O(n·k) for k operations open at once.
struct Projection {
  /// One operation, as numbers.
  struct Entry {
    /// The position in the history.
    var position: Int
    /// The number of its action in the transition table.
    var action: UInt32
    /// Whether its action never changes a state in which it is legal.
    var isPure: Bool
    /// The layer that ends with its completion, or nil for an indeterminate operation.
    var layer: Int?
    /// Its bit in the masks of configurations.
    var slot = 0
    /// The latest earlier indeterminate operation with the same action.
    ///
    /// The two are interchangeable, so the search takes the earlier one first.
    var twin: Int?
  }

  let key: Value?
  private(set) var entries: ContiguousArray<Entry> = []
  /// The entry that completes at the end of each layer.
  private(set) var returns: ContiguousArray<Int> = []
  /// How many entries are invoked before the end of each layer.
  private(set) var invokedBefore: ContiguousArray<Int> = []
  /// The indeterminate entries in order of invocation.
  private(set) var indeterminate: ContiguousArray<Int> = []
  /// How many of them are invoked before the end of each layer.
  private(set) var indeterminateBefore: ContiguousArray<Int> = []
  /// The largest number of completed operations open at once.
  private(set) var concurrency = 0

  /// The completed entries open in each layer that may change the state.
  private(set) var openMutators = LayeredEntries()
  /// The completed entries open in each layer that only observe.
  private(set) var openObservers = LayeredEntries()
  private var slotCount = 0

  /// The number of words in the mask of a configuration.
  var maskWords: Int { max(1, (slotCount + 63) / 64) }

  init(key: Value?) {
    self.key = key
  }

  /// The entries invoked within a layer.
  func invoked(in layer: Int) -> Range<Int> {
    (layer == 0 ? 0 : invokedBefore[layer - 1])..<invokedBefore[layer]
  }

  /// How many entries may be chosen to take effect in a layer.
  func candidateCount(in layer: Int) -> Int {
    openMutators.places(in: layer).count + indeterminateBefore[layer]
  }

  /// An entry that may be chosen: first the open mutators, the next to complete in front, then the
  /// indeterminate entries.
  func candidate(_ number: Int, in layer: Int) -> Int {
    let mutators = openMutators.places(in: layer)
    return number < mutators.count
      ? openMutators[mutators.lowerBound + number] : indeterminate[number - mutators.count]
  }

  /// Adds the next invocation and returns the number of its entry.
  mutating func invoke(position: Int, action: UInt32, isPure: Bool) -> Int {
    entries.append(Entry(position: position, action: action, isPure: isPure))
    return entries.count - 1
  }

  /// Adds the completion of an entry, which ends a layer.
  mutating func complete(_ entry: Int) {
    entries[entry].layer = returns.count
    returns.append(entry)
    invokedBefore.append(entries.count)
  }

  /// Lays out slots, twins and open entries once all events are known.
  ///
  /// Entries invoked after the last completion constrain nothing and stay out.
  mutating func finish() {
    var mutators: ContiguousArray<UInt32> = []
    var observers: ContiguousArray<UInt32> = []
    var freeSlots: ContiguousArray<Int> = []
    var lastTwins = NumberTable()
    for layer in returns.indices {
      for entry in invoked(in: layer) {
        claimSlot(for: entry, from: &freeSlots)
        if entries[entry].layer == nil {
          indeterminate.append(entry)
          linkTwin(of: entry, &lastTwins)
        } else if entries[entry].isPure {
          insert(entry, into: &observers)
        } else {
          insert(entry, into: &mutators)
        }
      }
      indeterminateBefore.append(indeterminate.count)
      concurrency = max(concurrency, mutators.count + observers.count)
      openMutators.appendLayer(mutators)
      openObservers.appendLayer(observers)
      freeSlots.append(entries[returns[layer]].slot)
      if entries[returns[layer]].isPure { observers.removeFirst() } else { mutators.removeFirst() }
    }
  }

  private mutating func claimSlot(for entry: Int, from freeSlots: inout ContiguousArray<Int>) {
    if let slot = freeSlots.popLast() {
      entries[entry].slot = slot
    } else {
      entries[entry].slot = slotCount
      slotCount += 1
    }
  }

  private mutating func linkTwin(of entry: Int, _ lastTwins: inout NumberTable) {
    let action = UInt64(entries[entry].action)
    entries[entry].twin = lastTwins[action].map(Int.init)
    lastTwins[action] = UInt32(entry)
  }

  /// Keeps open entries in order of completion.
  private func insert(_ entry: Int, into open: inout ContiguousArray<UInt32>) {
    var place = open.count
    while place > 0, completesEarlier(entry, and: Int(open[place - 1])) { place -= 1 }
    open.insert(UInt32(entry), at: place)
  }

  private func completesEarlier(_ left: Int, and right: Int) -> Bool {
    guard let left = entries[left].layer, let right = entries[right].layer else { return false }
    return left < right
  }
}

/// A list of entries for each layer, all in one array.
struct LayeredEntries {
  private var entries: ContiguousArray<UInt32> = []
  private var starts: ContiguousArray<Int> = [0]

  /// Adds the list of the next layer.
  mutating func appendLayer(_ list: ContiguousArray<UInt32>) {
    entries.append(contentsOf: list)
    starts.append(entries.count)
  }

  /// Where the subscript finds the list of a layer, the next entry to complete first.
  func places(in layer: Int) -> Range<Int> { starts[layer]..<starts[layer + 1] }

  /// The entry at a place.
  subscript(place: Int) -> Int { Int(entries[place]) }
}

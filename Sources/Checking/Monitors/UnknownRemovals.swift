extension Lifetimes {
  /// Finds an order of the steps of a collection by its lifetimes, as far as these are known.
  ///
  /// A queue can say more about removals with unknown outcomes than others.
  static func order(
    of timeline: Timeline, isQueue: Bool = false,
    by judge: (Lifetimes) throws(Obstacle) -> ContiguousArray<Int>
  ) throws(Obstacle) -> ContiguousArray<Int> {
    try timeline.withoutSpareAdditions { (timeline) throws(Obstacle) in
      var lifetimes = try Lifetimes(timeline)
      let isExact = isQueue && lifetimes.assignUnknownRemovals()
      return try lifetimes.order(isExact: isExact, by: judge)
    }
  }

  /// Finds an order although some removals have unknown outcomes.
  ///
  /// Such a removal may have taken any value that no other step took, or none. An order without them
  /// is as good as any. And if there is none although everything may go as soon as the first of
  /// them is invoked, there is none at all. In between, only an exact assignment decides.
  private func order(
    isExact: Bool, by judge: (Lifetimes) throws(Obstacle) -> ContiguousArray<Int>
  ) throws(Obstacle) -> ContiguousArray<Int> {
    do {
      return try judge(self)
    } catch {
      guard case .conflict = error, !isExact, !unknownRemovals.isEmpty else { throw error }
      var relaxed = self
      relaxed.allowUnknownRemovals()
      _ = try judge(relaxed)
      throw .notApplicable("a removal with an unknown outcome may have taken one of several values")
    }
  }

  /// Lets every value that no completed step removed go with the first unknown removal.
  private mutating func allowUnknownRemovals() {
    guard let first = unknownRemovals.first else { return }
    for number in all.indices where all[number].removeGaps.upperBound > lastGap {
      allow(first, for: number)
    }
  }

  /// Assigns the unknown removals of a queue to the values that came first, and says whether no
  /// other assignment could be better.
  ///
  /// The sooner a value came, the sooner it has to go, unless peeks tell otherwise. A value that is
  /// known to be removed later, by a step that is still open, gets one only if that is too late for
  /// it; where steps found the queue empty, nobody knows when that is.
  private mutating func assignUnknownRemovals() -> Bool {
    guard !unknownRemovals.isEmpty else { return true }
    let deadlines = self.deadlines()
    let sorted = countingSort(all.indices, bound: lastGap + 1) { all[$0].addGaps.upperBound }
    var rest = unknownRemovals[...]
    var hasOpenRemovals = false
    for number in sorted where all[number].removeGaps.upperBound > lastGap {
      let lifetime = all[number]
      if lifetime.remove != nil {
        hasOpenRemovals = true
        if lifetime.removeGaps.lowerBound < deadlines[lifetime.addGaps.upperBound] { continue }
      }
      guard let removal = rest.popFirst() else { break }
      allow(removal, for: number)
    }
    return sightings.isEmpty && (misses.isEmpty || !hasOpenRemovals)
  }

  /// For each event, when a value that was added before it has to be gone: before the first
  /// sight of a value that was added after it.
  private func deadlines() -> ContiguousArray<Int> {
    var deadlines = ContiguousArray(repeating: lastGap + 1, count: lastGap + 2)
    for lifetime in all {
      deadlines[lifetime.addGaps.lowerBound] = lifetime.firstSeen
    }
    for event in (0...lastGap).reversed() {
      deadlines[event] = min(deadlines[event], deadlines[event + 1])
    }
    return deadlines
  }
}

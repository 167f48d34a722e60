/// Judges a set to which every value is added successfully once, value by value.
///
/// A value must not be missed while it is certainly there. Nothing else can go wrong, since the
/// values have nothing to do with each other. An addition that changed nothing counts as having found
/// the value, a removal that changed nothing as having missed it. Cost: O(n).
struct SetMonitor {
  private let lifetimes: Lifetimes
  /// The number of the lifetime of each value, or -1 for a value that need not have been there.
  private var lifetimeOfValue: ContiguousArray<Int32>
  /// Steps with gaps; those of one value are in their order, up to the gap.
  private var moments: ContiguousArray<(step: Int, gap: Int)> = []

  /// Finds an order in which the steps of a set can take effect.
  static func order(of timeline: Timeline) throws(Obstacle) -> ContiguousArray<Int> {
    try Lifetimes.order(of: timeline) { (lifetimes) throws(Obstacle) in
      var monitor = SetMonitor(lifetimes)
      return try monitor.order()
    }
  }

  private init(_ lifetimes: Lifetimes) {
    self.lifetimes = lifetimes
    lifetimeOfValue = ContiguousArray(
      repeating: -1, count: lifetimes.timeline.values.elements.count)
    for (number, lifetime) in lifetimes.all.enumerated() {
      lifetimeOfValue[Int(lifetimes.timeline.steps[lifetime.add].value)] = Int32(number)
    }
    moments.reserveCapacity(lifetimes.timeline.steps.count)
  }

  private mutating func order() throws(Obstacle) -> ContiguousArray<Int> {
    let late = try addEarlyMisses()
    for lifetime in lifetimes.all { moments.append((lifetime.add, addition(lifetime))) }
    for sighting in lifetimes.sightings {
      let gap = addition(lifetimes.all[sighting.lifetime])
      moments.append((sighting.step, max(gap, sighting.gaps.lowerBound)))
    }
    for lifetime in lifetimes.all {
      let gap = removal(lifetime)
      if let remove = lifetime.remove, gap < lifetimes.lastGap { moments.append((remove, gap)) }
    }
    moments += late
    let sorted = countingSort(moments.indices, bound: lifetimes.lastGap + 1) { moments[$0].gap }
    return ContiguousArray(sorted.map { moments[$0].step })
  }

  /// When a value comes: as late as possible.
  private func addition(_ lifetime: Lifetimes.Lifetime) -> Int { lifetime.addGaps.upperBound - 1 }

  /// When it goes: as early as possible.
  private func removal(_ lifetime: Lifetimes.Lifetime) -> Int {
    max(lifetime.removeGaps.lowerBound, addition(lifetime))
  }

  /// Adds the misses before their values came, and returns those after they had gone.
  private mutating func addEarlyMisses() throws(Obstacle) -> [(step: Int, gap: Int)] {
    let timeline = lifetimes.timeline
    var late: [(step: Int, gap: Int)] = []
    for miss in lifetimes.misses {
      let step = timeline.steps[miss]
      let number = Int(lifetimeOfValue[Int(step.value)])
      guard number >= 0, step.start >= lifetimes.all[number].addGaps.upperBound else {
        moments.append((miss, Int(step.start)))
        continue
      }
      let lifetime = lifetimes.all[number]
      guard step.end > lifetime.removeGaps.lowerBound else {
        throw .conflict(
          lifetime.evidence + [miss],
          reason: "\(timeline.name(ofValueAt: miss)) was missed while it had to be there")
      }
      late.append((miss, max(Int(step.start), removal(lifetime))))
    }
    return late
  }
}

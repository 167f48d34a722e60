/// Judges a priority queue whose values are inserted once.
///
/// A value can be taken or seen in a gap in which no value of higher priority has to be there, and
/// nothing else matters. So the values are visited from the highest priority down, while the gaps
/// are covered in which they have to be there. Values with equal priorities do not mind each other;
/// if all are equal, the object is a bag. Cost: O(n log n) for sorting, else almost linear.
///
/// This is the condition of Lee and Mathur 2025 (arXiv 2410.04581) for priority queues.
struct PriorityMonitor {
  private let lifetimes: Lifetimes
  private let sightings: SightingsByLifetime
  /// The lifetimes by priority, the highest first, and where those of equal priority begin.
  private let byPriority: ContiguousArray<Int>
  /// The first bare gap from each gap on, or a gap on the way to it.
  private var nextBare: ContiguousArray<Int32>
  /// Where each value can be taken, and where each sighting can happen.
  private var removalGaps: ContiguousArray<Int>
  private var sightingGaps: ContiguousArray<Int>

  /// Finds an order in which the steps of a priority queue can take effect.
  static func order(of timeline: Timeline) throws(Obstacle) -> ContiguousArray<Int> {
    try Lifetimes.order(of: timeline) { (lifetimes) throws(Obstacle) in
      var monitor = PriorityMonitor(lifetimes)
      let misses = try lifetimes.gapsOfMisses()
      try monitor.findGaps()
      return monitor.steps(misses)
    }
  }

  private init(_ lifetimes: Lifetimes) {
    self.lifetimes = lifetimes
    sightings = SightingsByLifetime(lifetimes)
    let ranks = lifetimes.all.map { lifetimes.timeline.steps[$0.add].rank }
    byPriority = ContiguousArray(
      lifetimes.all.indices.sorted { (ranks[$1], $0) < (ranks[$0], $1) })
    nextBare = ContiguousArray((0...Int32(lifetimes.lastGap + 1)))
    removalGaps = ContiguousArray(repeating: 0, count: lifetimes.all.count)
    sightingGaps = ContiguousArray(repeating: 0, count: lifetimes.sightings.count)
  }

  private func rank(_ lifetime: Int) -> Int64 {
    lifetimes.timeline.steps[lifetimes.all[lifetime].add].rank
  }

  /// The places in `byPriority` of each group of equal priorities, the highest first.
  private func groups() -> [Range<Int>] {
    var groups: [Range<Int>] = []
    var start = 0
    for place in byPriority.indices.dropFirst()
    where rank(byPriority[place]) != rank(byPriority[start]) {
      groups.append(start..<place)
      start = place
    }
    return groups + [start..<byPriority.count]
  }

  // MARK: - Judging

  private mutating func findGaps() throws(Obstacle) {
    for group in groups() {
      for lifetime in byPriority[group] {
        removalGaps[lifetime] = try bareGap(
          in: lifetimes.all[lifetime].removeGaps, lifetime: lifetime, sighting: nil)
        for sighting in sightings[lifetime] {
          let (step, gaps) = (
            lifetimes.sightings[sighting].step, lifetimes.sightings[sighting].gaps
          )
          sightingGaps[sighting] = try bareGap(in: gaps, lifetime: lifetime, sighting: step)
        }
      }
      for lifetime in byPriority[group] { cover(lifetimes.all[lifetime].criticalGaps) }
    }
  }

  /// The first of some gaps in which no value of higher priority has to be there.
  private mutating func bareGap(
    in gaps: Range<Int>, lifetime: Int, sighting: Int?
  ) throws(Obstacle) -> Int {
    let gap = bareGap(from: gaps.lowerBound)
    if gap < gaps.upperBound { return gap }
    let name = lifetimes.timeline.name(ofValueAt: lifetimes.all[lifetime].add)
    let rank = rank(lifetime)
    let higher = lifetimes.evidence(thatCovers: gaps) {
      lifetimes.timeline.steps[$0.add].rank > rank
    }
    throw .conflict(
      lifetimes.all[lifetime].evidence + higher + [sighting].compactMap(\.self),
      reason: "\(name) was next, but at no moment can everything of higher priority have been gone")
  }

  private mutating func bareGap(from gap: Int) -> Int {
    var gap = gap
    while nextBare[gap] != gap {
      nextBare[gap] = nextBare[Int(nextBare[gap])]
      gap = Int(nextBare[gap])
    }
    return gap
  }

  private mutating func cover(_ gaps: Range<Int>) {
    var gap = bareGap(from: gaps.lowerBound)
    while gap < gaps.upperBound {
      nextBare[gap] = Int32(gap + 1)
      gap = bareGap(from: gap + 1)
    }
  }

  // MARK: - Order

  private func steps(_ misses: ContiguousArray<Int>) -> ContiguousArray<Int> {
    var layout = PriorityLayout(lifetimes, misses: misses)
    for group in groups().reversed() {
      for lifetime in byPriority[group] {
        layout.note(
          lifetime, takenIn: removalGaps[lifetime],
          seenIn: sightings[lifetime].lazy.map { (lifetimes.sightings[$0].step, sightingGaps[$0]) })
      }
      layout.insertMoments()
    }
    return layout.steps()
  }
}

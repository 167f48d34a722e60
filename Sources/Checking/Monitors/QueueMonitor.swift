/// Judges a queue whose values are enqueued once.
///
/// Values leave in the order in which they came, so one order of the values has to suit both ends:
/// a value goes before another if it was enqueued before the other was, or seen at the head before
/// the other was last there. Among the values that are left, let x be the first whose enqueue has to be
/// over, and y and z the first two that have to be seen at the head. If none of them can go next,
/// each has to go before another of them, and there is no order at all. Without peeks that takes only
/// two values, which were enqueued in one order and dequeued in the other (the order violation of
/// Henzinger, Sezgin and Vafeiadis 2013).
///
/// A step that found the queue empty divides the values into those that left before it and those
/// that came after it. Cost: O(n).
struct QueueMonitor {
  private typealias Order = ContiguousArray<Int>

  private let lifetimes: Lifetimes
  /// The steps that found the queue empty, with the gaps in which they take effect, in their order.
  private let misses: ContiguousArray<(step: Int, gap: Int)>
  /// How many of them come before each value.
  private let segments: ContiguousArray<Int>

  /// Finds an order in which the steps of a queue can take effect.
  static func order(of timeline: Timeline) throws(Obstacle) -> ContiguousArray<Int> {
    try Lifetimes.order(of: timeline, isQueue: true) { (lifetimes) throws(Obstacle) in
      let monitor = try QueueMonitor(lifetimes)
      return monitor.steps(of: try monitor.sequence())
    }
  }

  private init(_ lifetimes: Lifetimes) throws(Obstacle) {
    self.lifetimes = lifetimes
    let gaps = try lifetimes.gapsOfMisses()
    misses = ContiguousArray(
      zip(lifetimes.misses, gaps).map { (step: $0, gap: $1) }.sorted {
        ($0.gap, $0.step) < ($1.gap, $1.step)
      })
    var missesBefore = ContiguousArray(repeating: 0, count: lifetimes.lastGap + 1)
    for miss in misses where miss.gap < lifetimes.lastGap { missesBefore[miss.gap + 1] += 1 }
    for gap in 0..<lifetimes.lastGap { missesBefore[gap + 1] += missesBefore[gap] }
    segments = ContiguousArray(lifetimes.all.map { missesBefore[$0.removeGaps.lowerBound] })
  }

  /// The values in an order in which they can come and go.
  private func sequence() throws(Obstacle) -> Order {
    let byAdd = sorted { $0.addGaps.upperBound }
    let bySight = sorted { $0.firstSeen }
    var sequence: Order = []
    sequence.reserveCapacity(byAdd.count)
    var isPlaced = ContiguousArray(repeating: false, count: byAdd.count + 1)
    var (addPlace, sightPlace, secondPlace) = (0, 0, 0)
    while sequence.count < byAdd.count {
      while isPlaced[byAdd[addPlace]] { addPlace += 1 }
      while isPlaced[bySight[sightPlace]] { sightPlace += 1 }
      secondPlace = max(secondPlace, sightPlace + 1)
      while secondPlace < bySight.count, isPlaced[bySight[secondPlace]] { secondPlace += 1 }
      let second = secondPlace < bySight.count ? bySight[secondPlace] : nil
      let next = try first(of: byAdd[addPlace], y: bySight[sightPlace], z: second)
      isPlaced[next] = true
      sequence.append(next)
    }
    return sequence
  }

  /// Which of three values can come before all others: the first whose enqueue has to be over, or one
  /// of the first two that have to be seen at the head.
  private func first(of x: Int, y: Int, z: Int?) throws(Obstacle) -> Int {
    let enqueued = lifetimes.all[x].addGaps.upperBound
    let (ySeen, zSeen) = (lifetimes.all[y].firstSeen, z.map { lifetimes.all[$0].firstSeen } ?? .max)
    if lifetimes.all[x].removeGaps.lowerBound < (x == y ? zSeen : ySeen) { return x }
    if lifetimes.all[y].addGaps.lowerBound < enqueued,
      lifetimes.all[y].removeGaps.lowerBound < zSeen
    {
      return y
    }
    if let z, lifetimes.all[z].addGaps.lowerBound < enqueued,
      lifetimes.all[z].removeGaps.lowerBound < ySeen
    {
      return z
    }
    throw violation([x, y] + [z].compactMap(\.self))
  }

  /// The values by segment, then by a key.
  private func sorted(by key: (Lifetimes.Lifetime) -> Int) -> Order {
    let sorted = countingSort(lifetimes.all.indices, bound: lifetimes.lastGap + 2) {
      key(lifetimes.all[$0])
    }
    guard !misses.isEmpty else { return sorted }
    return countingSort(sorted, bound: misses.count + 1) { segments[$0] }
  }

  private func violation(_ values: [Int]) -> Obstacle {
    let timeline = lifetimes.timeline
    let sights = values.compactMap { value in
      lifetimes.sightings.first {
        $0.lifetime == value && timeline.steps[$0.step].end == lifetimes.all[value].firstSeen
      }
    }
    let names = values.map { timeline.name(ofValueAt: lifetimes.all[$0].add) }
    return .conflict(
      values.flatMap { lifetimes.all[$0].evidence } + sights.map(\.step),
      reason: "\(names[0]) came before \(names[1]), but \(names[1]) was first at the head")
  }

  /// The steps in an order in which the values come and go in sequence.
  ///
  /// Everything happens as early as it can: a value is added once those before it are, and reaches
  /// the head once they are gone.
  private func steps(of sequence: Order) -> Order {
    var emission = Emission(lifetimes, sequence: sequence)
    var place = 0
    for segment in 0...misses.count {
      let start = place
      while place < sequence.count && segments[sequence[place]] == segment { place += 1 }
      emission.emit(start..<place)
      if segment < misses.count { emission.emit(miss: misses[segment]) }
    }
    return emission.order
  }
}

/// Lays out the steps on a sequence of values.
private struct Emission {
  private let lifetimes: Lifetimes
  private let sequence: ContiguousArray<Int>
  /// The sightings by lifetime, and where those of each lifetime begin.
  private let sightings: ContiguousArray<Int>
  private var nextSighting = 0
  private(set) var order: ContiguousArray<Int> = []
  /// The gaps that the last addition and the last change at the head have reached.
  private var addGap = 0
  private var headGap = 0

  init(_ lifetimes: Lifetimes, sequence: ContiguousArray<Int>) {
    self.lifetimes = lifetimes
    self.sequence = sequence
    order.reserveCapacity(lifetimes.timeline.steps.count)
    let places = countingSort(sequence.indices, bound: sequence.count) { sequence[$0] }
    sightings = countingSort(lifetimes.sightings.indices, bound: sequence.count) {
      places[lifetimes.sightings[$0].lifetime]
    }
  }

  /// Adds the steps on the values at some places of the sequence, which begin and end without values.
  mutating func emit(_ places: Range<Int>) {
    var nextAdd = places.lowerBound
    for place in places {
      let value = sequence[place]
      while nextAdd <= place { emitAdd(&nextAdd) }
      while nextSighting < sightings.count,
        lifetimes.sightings[sightings[nextSighting]].lifetime == value
      {
        let sighting = lifetimes.sightings[sightings[nextSighting]]
        advanceHead(to: sighting.gaps.lowerBound, &nextAdd, before: places.upperBound)
        order.append(sighting.step)
        nextSighting += 1
      }
      let lifetime = lifetimes.all[value]
      advanceHead(to: lifetime.removeGaps.lowerBound, &nextAdd, before: places.upperBound)
      if headGap < lifetimes.lastGap, let remove = lifetime.remove { order.append(remove) }
    }
  }

  /// Adds a step that found the queue empty.
  mutating func emit(miss: (step: Int, gap: Int)) {
    order.append(miss.step)
    addGap = max(addGap, miss.gap)
    headGap = max(headGap, miss.gap)
  }

  private mutating func emitAdd(_ place: inout Int) {
    let lifetime = lifetimes.all[sequence[place]]
    addGap = max(addGap, lifetime.addGaps.lowerBound)
    order.append(lifetime.add)
    place += 1
  }

  /// Lets time pass at the head, after everything that was added by then.
  private mutating func advanceHead(to gap: Int, _ nextAdd: inout Int, before end: Int) {
    headGap = max(headGap, gap, addGap)
    while nextAdd < end, lifetimes.all[sequence[nextAdd]].addGaps.lowerBound <= headGap {
      emitAdd(&nextAdd)
    }
  }
}

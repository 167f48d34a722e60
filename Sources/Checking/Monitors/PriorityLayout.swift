/// Lays out the steps of a priority queue, given gaps in which its values can be taken and seen.
///
/// At those moments nothing of higher priority is there. So the values are inserted from the lowest
/// priority up, each between two such moments of the values below it. An addition matters to no other
/// value: it comes as early as it can after the moment before. Cost: O(n).
struct PriorityLayout {
  /// A taking or sighting of a value, to be inserted behind a place.
  private struct Moment {
    var place: Int
    var gap: Int
    var step: Int
  }

  private let lifetimes: Lifetimes
  private var layout: Layout
  /// The place behind which each value has its moments.
  private var places: ContiguousArray<Int>
  private var moments: [Moment] = []

  /// Begins with the steps that found nothing, in their gaps.
  init(_ lifetimes: Lifetimes, misses: ContiguousArray<Int>) {
    self.lifetimes = lifetimes
    layout = Layout(lifetimes, misses: misses)
    places = ContiguousArray(repeating: 0, count: lifetimes.all.count)
  }

  /// Notes when a value of the current priority is taken, and in which gaps it is seen.
  mutating func note(
    _ number: Int, takenIn gap: Int, seenIn sightings: some Sequence<(step: Int, gap: Int)>
  ) {
    let lifetime = lifetimes.all[number]
    let room = layout.room(for: lifetime)
    places[number] = room.place
    var last = gap
    for sighting in sightings {
      let gap = room.gaps.closest(to: sighting.gap)
      moments.append(Moment(place: room.place, gap: gap, step: sighting.step))
      last = max(last, gap)
    }
    last = room.gaps.closest(to: last)
    if let remove = lifetime.remove, last < lifetimes.lastGap {
      moments.append(Moment(place: room.place, gap: last, step: remove))
    }
  }

  /// Inserts what was noted for the values of one priority, which do not mind each other.
  mutating func insertMoments() {
    if moments.count > 1 {
      // The sort must be stable: a value is seen before it is taken.
      moments = moments.enumerated()
        .sorted { ($0.1.place, $0.1.gap, $0.0) < ($1.1.place, $1.1.gap, $1.0) }.map(\.element)
    }
    var latest: (origin: Int, place: Int) = (-1, -1)
    for moment in moments {
      let place = latest.origin == moment.place ? latest.place : moment.place
      latest = (moment.place, layout.insert(moment.step, gap: moment.gap, after: place))
    }
    moments.removeAll(keepingCapacity: true)
  }

  /// All steps in their order.
  func steps() -> ContiguousArray<Int> {
    let inOrder = layout.inOrder
    var rankOfPlace = ContiguousArray(repeating: 0, count: layout.places.count)
    for (rank, place) in inOrder.enumerated() { rankOfPlace[place] = rank + 1 }
    // How many places lie before each gap.
    var placesBefore = ContiguousArray(repeating: 0, count: lifetimes.lastGap + 2)
    for place in inOrder { placesBefore[layout.places[place].gap + 1] += 1 }
    for gap in 0...lifetimes.lastGap { placesBefore[gap + 1] += placesBefore[gap] }
    let earliest = places.indices.map { number in
      max(rankOfPlace[places[number]], placesBefore[lifetimes.all[number].addGaps.lowerBound])
    }
    let additions = countingSort(
      countingSort(places.indices, bound: lifetimes.lastGap + 1) { number in
        max(lifetimes.all[number].addGaps.lowerBound, layout.places[places[number]].gap)
      }, bound: inOrder.count + 1
    ) { earliest[$0] }
    var steps: ContiguousArray<Int> = []
    var next = 0
    for rank in 0...inOrder.count {
      if rank > 0 { steps.append(layout.places[inOrder[rank - 1]].step) }
      while next < additions.count, earliest[additions[next]] == rank {
        steps.append(lifetimes.all[additions[next]].add)
        next += 1
      }
    }
    return steps
  }
}

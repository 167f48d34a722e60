/// Steps in the order in which they take effect, while it is being put together.
///
/// Values are inserted one after the other, each between two steps at which nothing else needs to be
/// in the collection. The gaps in which the steps take effect never decrease along the order.
struct Layout {
  /// A place in the order; the first one stands for the beginning and has no step.
  struct Place {
    var step: Int
    var gap: Int
    fileprivate(set) var next: Int32 = -1
  }

  private(set) var places: ContiguousArray<Place> = [Place(step: -1, gap: -1)]
  private var occupied: GapSet
  /// The last place at each gap.
  private var lastPlace: ContiguousArray<Int32>

  /// Begins with the steps that found nothing, in the gaps where they take effect.
  init(_ lifetimes: Lifetimes, misses: ContiguousArray<Int>) {
    occupied = GapSet(bound: lifetimes.lastGap + 1)
    lastPlace = ContiguousArray(repeating: -1, count: lifetimes.lastGap + 1)
    var place = 0
    for (step, gap) in zip(lifetimes.misses, misses).sorted(by: { ($0.1, $0.0) < ($1.1, $1.0) }) {
      place = insert(step, gap: gap, after: place)
    }
  }

  /// Where a value can be inserted: behind which place, and in which gaps.
  ///
  /// It is behind everything that comes before the value has to be there for the last time.
  func room(for lifetime: Lifetimes.Lifetime) -> (place: Int, gaps: ClosedRange<Int>) {
    let cell = occupied.last(before: lifetime.removeGaps.lowerBound)
    let place = cell.map { Int(lastPlace[$0]) } ?? 0
    let next = Int(places[place].next)
    return (place, max(0, places[place].gap)...(next < 0 ? lastPlace.count - 1 : places[next].gap))
  }

  /// Inserts a step behind a place, in a gap between those around it, and returns its place.
  mutating func insert(_ step: Int, gap: Int, after place: Int) -> Int {
    let number = places.count
    let next = Int(places[place].next)
    let isLast = next < 0 || places[next].gap > gap
    places.append(Place(step: step, gap: gap, next: Int32(next)))
    places[place].next = Int32(number)
    if isLast {
      occupied.insert(gap)
      lastPlace[gap] = Int32(number)
    }
    return number
  }

  /// The steps in order.
  var steps: ContiguousArray<Int> { ContiguousArray(inOrder.map { places[$0].step }) }

  /// The places in order, without the beginning.
  var inOrder: ContiguousArray<Int> {
    var order: ContiguousArray<Int> = []
    order.reserveCapacity(places.count)
    var place = Int(places[0].next)
    while place >= 0 {
      order.append(place)
      place = Int(places[place].next)
    }
    return order
  }
}

extension ClosedRange<Int> {
  /// The number of the range that is closest to a number.
  func closest(to number: Int) -> Int { Swift.min(Swift.max(number, lowerBound), upperBound) }
}

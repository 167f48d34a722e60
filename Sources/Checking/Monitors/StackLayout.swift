/// Lays out the steps of a stack, given the order in which its values were taken away.
///
/// When a value was taken away, none of those left had to be there in the gaps of its steps. So the
/// values are inserted in that order, each between two steps of the values before it. Cost: O(n).
struct StackLayout {
  private let lifetimes: Lifetimes
  private let sightings: SightingsByLifetime
  /// The gap that each step has found.
  private var gaps: ContiguousArray<Int32>
  private var layout: Layout

  /// All steps in their order.
  static func steps(
    of reduction: StackReduction, misses: ContiguousArray<Int>
  ) -> ContiguousArray<Int> {
    var layout = StackLayout(reduction, misses: misses)
    for lifetime in reduction.sequence { layout.insert(lifetime) }
    return layout.layout.steps
  }

  private init(_ reduction: StackReduction, misses: ContiguousArray<Int>) {
    lifetimes = reduction.lifetimes
    sightings = SightingsByLifetime(lifetimes)
    // A removal without a task can wait until the end.
    gaps = ContiguousArray(
      repeating: Int32(lifetimes.lastGap), count: lifetimes.timeline.steps.count)
    for errand in reduction.errands { gaps[Int(errand.step)] = errand.gap }
    layout = Layout(lifetimes, misses: misses)
  }

  private mutating func insert(_ number: Int) {
    let lifetime = lifetimes.all[number]
    var (place, room) = layout.room(for: lifetime)
    let seen = sightings[number].map { lifetimes.sightings[$0].step }.sorted {
      (gaps[$0], $0) < (gaps[$1], $1)
    }
    // A gap that suits a sighting suits the push before it and the pop behind it.
    let push = min(gaps[lifetime.add], seen.first.map { gaps[$0] } ?? .max)
    for (step, gap) in [(lifetime.add, push)] + seen.map({ ($0, gaps[$0]) }) {
      place = layout.insert(step, gap: room.closest(to: Int(gap)), after: place)
    }
    guard let remove = lifetime.remove else { return }
    let pop = room.closest(to: Int(max(gaps[remove], seen.last.map { gaps[$0] } ?? 0)))
    if pop < lifetimes.lastGap { _ = layout.insert(remove, gap: pop, after: place) }
  }
}

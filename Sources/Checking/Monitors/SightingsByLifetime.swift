/// The sightings of each value, in order of invocation.
struct SightingsByLifetime {
  private let sorted: ContiguousArray<Int>
  private let ends: ContiguousArray<Int>

  /// Sorts the sightings in O(n).
  init(_ lifetimes: Lifetimes) {
    sorted = countingSort(lifetimes.sightings.indices, bound: lifetimes.all.count) {
      lifetimes.sightings[$0].lifetime
    }
    var ends = ContiguousArray(repeating: 0, count: lifetimes.all.count)
    for sighting in lifetimes.sightings { ends[sighting.lifetime] += 1 }
    for lifetime in ends.indices.dropFirst() { ends[lifetime] += ends[lifetime - 1] }
    self.ends = ends
  }

  /// The numbers of the sightings of a value.
  subscript(lifetime: Int) -> ContiguousArray<Int>.SubSequence {
    sorted[(lifetime == 0 ? 0 : ends[lifetime - 1])..<ends[lifetime]]
  }
}

/// The sightings of values in a stack that happen while the value itself has to be there.
///
/// Such a sighting minds only other values: it wants a cell that its own value alone covers.
struct StackSightings {
  /// The tasks that are sightings, by value.
  private var tasks: ContiguousArray<Int> = []
  /// The first cell of each, and where the sightings of each value end.
  private var firstCells: ContiguousArray<Int> = []
  private var ends: ContiguousArray<Int>
  private var openTasks: IntervalTree
  /// How many values cover each cell, less one.
  private var cover: CoverageTree
  /// The sums of the numbers of these values, plus one each: a Fenwick tree of differences.
  private var sums: ContiguousArray<Int>

  init(
    _ all: ContiguousArray<StackReduction.Errand>, lifetimes: Lifetimes, cells: CriticalCells
  ) {
    let sightings = all.indices.filter {
      let lifetime = lifetimes.all[Int(all[$0].lifetime)]
      return all[$0].step != lifetime.add && all[$0].step != lifetime.remove ?? -1
    }
    tasks = countingSort(sightings, bound: lifetimes.all.count) { Int(all[$0].lifetime) }
    firstCells = ContiguousArray(tasks.map { cells[all[$0].gaps].lowerBound })
    ends = ContiguousArray(repeating: 0, count: lifetimes.all.count)
    for task in tasks { ends[Int(all[task].lifetime)] += 1 }
    for lifetime in ends.indices.dropFirst() { ends[lifetime] += ends[lifetime - 1] }
    openTasks = IntervalTree(lastCells: tasks.lazy.map { cells[all[$0].gaps].upperBound - 1 })
    cover = CoverageTree(ContiguousArray(cells.counts.map { $0 - 1 }))
    sums = ContiguousArray(repeating: 0, count: cells.counts.count + 1)
    for (number, lifetime) in lifetimes.all.enumerated() where !lifetime.criticalGaps.isEmpty {
      add(number + 1, to: cells[lifetime.criticalGaps])
    }
  }

  /// Takes note that a value is no longer there.
  mutating func uncover(_ cells: Range<Int>, of lifetime: Int) {
    cover.uncover(cells)
    add(-lifetime - 1, to: cells)
  }

  /// Takes out the sightings that have found a cell, each with its cell.
  mutating func takeClear() -> [(task: Int, cell: Int)] {
    var clear: [(task: Int, cell: Int)] = []
    var single: [Int] = []
    var found: [Int] = []
    cover.takeBare(into: &single)
    for cell in single {
      let lifetime = sum(in: cell) - 1
      guard lifetime >= 0 else { continue }
      found.removeAll(keepingCapacity: true)
      let start = lifetime == 0 ? 0 : ends[lifetime - 1]
      let end = firstPlace(after: cell, in: start..<ends[lifetime])
      openTasks.take(start..<end, reaching: cell, into: &found)
      for place in found { clear.append((tasks[place], cell)) }
    }
    return clear
  }

  /// The first of some sightings that begins behind a cell.
  private func firstPlace(after cell: Int, in places: Range<Int>) -> Int {
    var (low, high) = (places.lowerBound, places.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if firstCells[middle] <= cell { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private mutating func add(_ number: Int, to cells: Range<Int>) {
    addFrom(cells.lowerBound, number: number)
    addFrom(cells.upperBound, number: -number)
  }

  private mutating func addFrom(_ cell: Int, number: Int) {
    var place = cell + 1
    while place < sums.count {
      sums[place] += number
      place += place & -place
    }
  }

  private func sum(in cell: Int) -> Int {
    var place = cell + 1
    var sum = 0
    while place > 0 {
      sum += sums[place]
      place &= place - 1
    }
    return sum
  }
}

/// Takes values away from a stack as long as one of them minds no other.
struct StackReduction {
  /// A push, pop or sighting that has to find a gap without other values.
  struct Errand {
    let lifetime: Int32
    let step: Int32
    let firstGap: Int32
    let endGap: Int32
    /// The gap that was found, or -1.
    fileprivate(set) var gap: Int32 = -1

    var gaps: Range<Int> { Int(firstGap)..<Int(endGap) }
  }

  let lifetimes: Lifetimes
  /// The errands by the first gap in which they can take effect.
  private(set) var errands: ContiguousArray<Errand>
  /// The values in the order in which they were taken away.
  private(set) var sequence: ContiguousArray<Int> = []

  private let cells: CriticalCells
  private var cover: CoverageTree
  private var openErrands: IntervalTree
  /// How many errands begin in each cell or before it.
  private var errandsUpTo: ContiguousArray<Int32>
  private var sightings: StackSightings?
  /// How many errands of each value have not found a gap.
  private var openCounts: ContiguousArray<Int32>
  /// The values to be taken away next.
  private var free: ContiguousArray<Int> = []

  /// Prepares the reduction of a stack.
  init(_ lifetimes: Lifetimes) {
    self.lifetimes = lifetimes
    let errands = Self.errands(of: lifetimes)
    let cells = CriticalCells(lifetimes)
    openCounts = ContiguousArray(repeating: 0, count: lifetimes.all.count)
    errandsUpTo = ContiguousArray(repeating: 0, count: cells.counts.count)
    for task in errands {
      openCounts[Int(task.lifetime)] += 1
      errandsUpTo[cells[task.gaps].lowerBound] += 1
    }
    for cell in errandsUpTo.indices.dropFirst() { errandsUpTo[cell] += errandsUpTo[cell - 1] }
    cover = CoverageTree(cells.counts)
    openErrands = IntervalTree(lastCells: errands.lazy.map { cells[$0.gaps].upperBound - 1 })
    if !lifetimes.sightings.isEmpty {
      sightings = StackSightings(errands, lifetimes: lifetimes, cells: cells)
    }
    self.errands = errands
    self.cells = cells
  }

  /// Values that are never removed, or need not be, can go behind the end; they have no such task.
  private static func errands(of lifetimes: Lifetimes) -> ContiguousArray<Errand> {
    var errands: ContiguousArray<Errand> = []
    errands.reserveCapacity(2 * lifetimes.all.count + lifetimes.sightings.count)
    func add(_ lifetime: Int, step: Int, gaps: Range<Int>) {
      errands.append(
        Errand(
          lifetime: Int32(lifetime), step: Int32(step), firstGap: Int32(gaps.lowerBound),
          endGap: Int32(gaps.upperBound)))
    }
    for (number, lifetime) in lifetimes.all.enumerated() {
      add(number, step: lifetime.add, gaps: lifetime.addGaps)
      if let remove = lifetime.remove, lifetime.removeGaps.upperBound <= lifetimes.lastGap {
        add(number, step: remove, gaps: lifetime.removeGaps)
      }
    }
    for sighting in lifetimes.sightings {
      add(sighting.lifetime, step: sighting.step, gaps: sighting.gaps)
    }
    let sorted = countingSort(errands.indices, bound: lifetimes.lastGap + 1) {
      Int(errands[$0].firstGap)
    }
    return ContiguousArray(sorted.map { errands[$0] })
  }

  /// Takes away as many values as possible.
  mutating func run() {
    var bare: [Int] = []
    var found: [Int] = []
    repeat {
      while let lifetime = free.popLast() { takeAway(lifetime) }
      bare.removeAll(keepingCapacity: true)
      cover.takeBare(into: &bare)
      for cell in bare {
        found.removeAll(keepingCapacity: true)
        openErrands.take(0..<Int(errandsUpTo[cell]), reaching: cell, into: &found)
        for task in found { settle(task, in: cell) }
      }
      for (task, cell) in sightings?.takeClear() ?? [] { settle(task, in: cell) }
    } while !free.isEmpty
  }

  private mutating func takeAway(_ lifetime: Int) {
    sequence.append(lifetime)
    guard !lifetimes.all[lifetime].criticalGaps.isEmpty else { return }
    let cells = cells[lifetimes.all[lifetime].criticalGaps]
    cover.uncover(cells)
    sightings?.uncover(cells, of: lifetime)
  }

  /// Notes that a task can take effect in a cell.
  private mutating func settle(_ number: Int, in cell: Int) {
    guard errands[number].gap < 0 else { return }
    errands[number].gap = max(cells.firstGaps[cell], errands[number].firstGap)
    let lifetime = Int(errands[number].lifetime)
    openCounts[lifetime] -= 1
    if openCounts[lifetime] == 0 { free.append(lifetime) }
  }
}

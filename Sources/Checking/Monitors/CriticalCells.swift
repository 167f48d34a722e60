/// The gaps of a timeline in as few cells as make no difference to critical gaps.
struct CriticalCells {
  /// The cell of each gap.
  private var cellOfGap: ContiguousArray<Int32>
  /// The first gap of each cell.
  private(set) var firstGaps: ContiguousArray<Int32> = [0]
  /// How many values are certainly there in each cell.
  private(set) var counts: ContiguousArray<Int32>

  /// Divides the gaps where values begin or cease to be there, in O(n).
  init(_ lifetimes: Lifetimes) {
    cellOfGap = ContiguousArray(repeating: 0, count: lifetimes.lastGap + 1)
    for lifetime in lifetimes.all where !lifetime.criticalGaps.isEmpty {
      cellOfGap[lifetime.criticalGaps.lowerBound] = 1
      cellOfGap[lifetime.criticalGaps.upperBound] = 1
    }
    cellOfGap[0] = 0
    for gap in 1..<max(1, cellOfGap.count) {
      if cellOfGap[gap] == 1 { firstGaps.append(Int32(gap)) }
      cellOfGap[gap] = Int32(firstGaps.count - 1)
    }
    counts = ContiguousArray(repeating: 0, count: firstGaps.count + 1)
    for lifetime in lifetimes.all where !lifetime.criticalGaps.isEmpty {
      let cells = self[lifetime.criticalGaps]
      counts[cells.lowerBound] += 1
      counts[cells.upperBound] -= 1
    }
    for cell in 1..<counts.count { counts[cell] += counts[cell - 1] }
  }

  /// The cells that hold some gaps, of which there is at least one.
  subscript(gaps: Range<Int>) -> Range<Int> {
    Int(cellOfGap[gaps.lowerBound])..<Int(cellOfGap[gaps.upperBound - 1]) + 1
  }
}

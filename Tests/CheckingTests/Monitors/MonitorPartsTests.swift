import CheckerAudit
import Testing

@testable import Checking

/// The data structures of monitors do what plain loops do.
struct MonitorPartsTests {
  @Test func `a set of gaps finds the last one before another`() {
    var random = SplitMix(seed: 1)
    for bound in [1, 63, 64, 65, 4_096, 5_000, 300_000] {
      var gaps = GapSet(bound: bound)
      var members: [Int] = []
      #expect(gaps.last(before: bound - 1) == nil)
      for _ in 0..<40 {
        let gap = random.below(bound)
        gaps.insert(gap)
        members.append(gap)
        for end in [random.below(bound), gap, bound - 1] {
          #expect(gaps.last(before: end) == members.filter { $0 < end }.max())
        }
      }
    }
  }

  @Test func `a coverage tree finds each cell when it becomes bare`() {
    var random = SplitMix(seed: 2)
    for count in [1, 2, 7, 64, 100] {
      var intervals = (0..<60).map { _ in
        let start = random.below(count)
        return start..<(start + 1 + random.below(count - start))
      }
      let cover = { (cell: Int) in Int32(intervals.count { $0.contains(cell) }) }
      var tree = CoverageTree(ContiguousArray((0..<count).map(cover)))
      var known: [Int] = []
      while true {
        var bare: [Int] = []
        tree.takeBare(into: &bare)
        known += bare
        #expect(known.sorted() == (0..<count).filter { cover($0) == 0 })
        guard !intervals.isEmpty else { break }
        tree.uncover(intervals.remove(at: random.below(intervals.count)))
      }
    }
  }

  @Test func `an interval tree gives each interval out once`() {
    var random = SplitMix(seed: 3)
    let ends = (0..<100).map { _ in random.below(1_000) }
    var tree = IntervalTree(lastCells: ends)
    var left = Array(0..<100)
    for _ in 0..<50 {
      let start = random.below(100)
      let numbers = start..<(start + random.below(101 - start))
      let cell = random.below(1_000)
      var taken: [Int] = []
      tree.take(numbers, reaching: cell, into: &taken)
      #expect(taken == left.filter { numbers.contains($0) && ends[$0] >= cell })
      left.removeAll(where: taken.contains)
    }
  }

  @Test func `sorting by counting keeps equal keys in order`() {
    #expect(countingSort(0..<6, bound: 3) { [2, 0, 1, 0, 2, 1][$0] } == [1, 3, 2, 5, 0, 4])
  }
}

/// Intervals of cells, from which those that contain a cell can be taken out.
///
/// A node holds the greatest end below it. Taking one interval out costs O(log n).
struct IntervalTree {
  private static var taken: Int32 { -1 }

  private let size: Int
  private var latest: ContiguousArray<Int32>

  /// Creates the tree of intervals that end with these cells, in the order of their beginnings.
  init(lastCells: some Collection<Int>) {
    var size = 1
    while size < lastCells.count { size *= 2 }
    self.size = size
    latest = ContiguousArray(repeating: Self.taken, count: 2 * size)
    for (number, cell) in lastCells.enumerated() { latest[size + number] = Int32(cell) }
    for node in (1..<size).reversed() { latest[node] = max(latest[2 * node], latest[2 * node + 1]) }
  }

  /// Takes out those of some intervals that end with a cell or behind it, and appends their numbers.
  mutating func take(_ numbers: Range<Int>, reaching cell: Int, into taken: inout [Int]) {
    take(1, below: 0..<size, numbers: numbers, cell: Int32(cell), &taken)
  }

  private mutating func take(
    _ node: Int, below: Range<Int>, numbers: Range<Int>, cell: Int32, _ taken: inout [Int]
  ) {
    guard latest[node] >= cell, below.overlaps(numbers) else { return }
    guard node < size else {
      taken.append(node - size)
      latest[node] = Self.taken
      return
    }
    let middle = (below.lowerBound + below.upperBound) / 2
    take(2 * node, below: below.lowerBound..<middle, numbers: numbers, cell: cell, &taken)
    take(2 * node + 1, below: middle..<below.upperBound, numbers: numbers, cell: cell, &taken)
    latest[node] = max(latest[2 * node], latest[2 * node + 1])
  }
}

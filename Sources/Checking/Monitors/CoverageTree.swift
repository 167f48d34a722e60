/// How many intervals cover each cell of a row, as a tree that finds the cells that become bare.
///
/// A node holds the least count below it, apart from what its ancestors have to add. Uncovering an
/// interval costs O(log n), and so does finding a bare cell.
struct CoverageTree {
  /// Counts no longer matter where a cell was found bare.
  private static var found: Int32 { 1 << 30 }

  private let size: Int
  private var least: ContiguousArray<Int32>
  private var added: ContiguousArray<Int32>

  /// Creates the tree of some counts.
  init(_ counts: ContiguousArray<Int32>) {
    var size = 1
    while size < counts.count { size *= 2 }
    self.size = size
    least = ContiguousArray(repeating: Self.found, count: 2 * size)
    added = ContiguousArray(repeating: 0, count: size)
    for (cell, count) in counts.enumerated() { least[size + cell] = count }
    for node in (1..<size).reversed() { least[node] = min(least[2 * node], least[2 * node + 1]) }
  }

  /// Takes one from the count of each cell in an interval that is not empty.
  mutating func uncover(_ cells: Range<Int>) {
    var (left, right) = (cells.lowerBound + size, cells.upperBound + size)
    while left < right {
      if left & 1 == 1 {
        decrement(left)
        left += 1
      }
      if right & 1 == 1 {
        right -= 1
        decrement(right)
      }
      left >>= 1
      right >>= 1
    }
    update(above: cells.lowerBound + size)
    update(above: cells.upperBound - 1 + size)
  }

  /// Appends the cells with a count of at most zero that were not found before.
  mutating func takeBare(into cells: inout [Int]) {
    takeBare(1, above: 0, &cells)
  }

  private mutating func takeBare(_ node: Int, above: Int32, _ cells: inout [Int]) {
    guard least[node] + above <= 0 else { return }
    guard node < size else {
      cells.append(node - size)
      least[node] = Self.found
      return
    }
    let below = above + added[node]
    takeBare(2 * node, above: below, &cells)
    takeBare(2 * node + 1, above: below, &cells)
    least[node] = min(least[2 * node], least[2 * node + 1]) + added[node]
  }

  private mutating func decrement(_ node: Int) {
    least[node] -= 1
    if node < size { added[node] -= 1 }
  }

  private mutating func update(above leaf: Int) {
    var node = leaf >> 1
    while node > 0 {
      least[node] = min(least[2 * node], least[2 * node + 1]) + added[node]
      node >>= 1
    }
  }
}

/// Finds a few values among those that a reduction could not take away that are in each other's way.
///
/// The core begins with one value. Of each value in it, one step that finds no gap is considered, and
/// the values that cover its gaps join the core, unless it is covered already. In the end every value
/// of the core is stuck because of others in it.
struct StackCore {
  private let reduction: StackReduction
  private let lifetimes: Lifetimes
  /// A step of each value that finds no gap, as a task.
  private var stuck: ContiguousArray<Int?>
  /// The two values that stay longest, of those that have to be there in each gap or before it.
  private var longest: ContiguousArray<(first: Int32, second: Int32)>
  private var members: [Int] = []
  private var isMember: ContiguousArray<Bool>

  /// Prepares the search in a reduction that got stuck.
  init(_ reduction: StackReduction) {
    self.reduction = reduction
    lifetimes = reduction.lifetimes
    stuck = ContiguousArray(repeating: nil, count: lifetimes.all.count)
    for (number, task) in reduction.errands.enumerated() where task.gap < 0 {
      let lifetime = Int(task.lifetime)
      if stuck[lifetime].map({ reduction.errands[$0].endGap < task.endGap }) ?? true {
        stuck[lifetime] = number
      }
    }
    isMember = ContiguousArray(repeating: false, count: lifetimes.all.count)
    longest = ContiguousArray(repeating: (-1, -1), count: lifetimes.lastGap + 1)
    for (number, task) in stuck.enumerated() where task != nil {
      if !lifetimes.all[number].criticalGaps.isEmpty {
        longest[lifetimes.all[number].criticalGaps.lowerBound].first = Int32(number)
      }
    }
    for gap in longest.indices.dropFirst() { keepLongest(gap) }
  }

  /// Merges what is known of a gap with what is known of the gap before it.
  private mutating func keepLongest(_ gap: Int) {
    let before = longest[gap - 1]
    let new = longest[gap].first
    if end(new) > end(before.first) {
      longest[gap] = (new, before.first)
    } else {
      longest[gap] = (before.first, end(new) > end(before.second) ? new : before.second)
    }
  }

  /// Where the critical gaps of a value end.
  private func end(_ lifetime: Int32) -> Int {
    lifetime < 0 ? -1 : lifetimes.all[Int(lifetime)].criticalGaps.upperBound
  }

  /// The steps on the values of the core, as a conflict.
  mutating func conflict() -> Obstacle {
    let last = stuck.compactMap(\.self).max { left, right in
      reduction.errands[left].endGap < reduction.errands[right].endGap
    }
    if let last { join(reduction.errands[last].lifetime) }
    var steps: [Int] = []
    var place = 0
    while place < members.count {
      let member = members[place]
      place += 1
      steps += lifetimes.all[member].evidence
      guard let task = stuck[member].map({ reduction.errands[$0] }) else { continue }
      steps.append(Int(task.step))
      if isCovered(task.gaps, besides: member) { continue }
      var gap = task.gaps.lowerBound
      while gap < task.gaps.upperBound {
        let cover = longest[gap].first == member ? longest[gap].second : longest[gap].first
        guard end(cover) > gap else { break }
        join(cover)
        gap = end(cover)
      }
    }
    return .conflict(
      steps,
      reason: "each of these values is in the way when another of them is pushed, popped or seen")
  }

  private mutating func join(_ lifetime: Int32) {
    guard !isMember[Int(lifetime)] else { return }
    isMember[Int(lifetime)] = true
    members.append(Int(lifetime))
  }

  /// Whether the core, as long as it is small, covers some gaps by itself.
  private func isCovered(_ gaps: Range<Int>, besides member: Int) -> Bool {
    guard members.count < 100 else { return false }
    let covers = members.filter { $0 != member }.map { lifetimes.all[$0].criticalGaps }
    var gap = gaps.lowerBound
    for cover in covers.sorted(by: { $0.lowerBound < $1.lowerBound }) where cover.contains(gap) {
      gap = cover.upperBound
    }
    return gap >= gaps.upperBound
  }
}

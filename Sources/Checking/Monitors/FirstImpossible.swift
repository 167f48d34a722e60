import Determinism
import Histories

/// Finds the order of some steps, or what stands in its way.
typealias Judge = (Timeline) throws(Obstacle) -> ContiguousArray<Int>

/// The search for the first completion that no order accounts for.
///
/// Every prefix of a valid history is valid, so that bisection finds the place. It begins at the last
/// completion of the known conflict, which is often the one. Cost: O(log n) judgements.
struct FirstImpossible {
  private let timeline: Timeline
  private let judge: Judge
  /// What happened before this event is valid, as this order shows.
  private var valid: (end: Int, order: ContiguousArray<Int>) = (0, [])
  /// What happened before this event is not, because of this conflict.
  private var invalid: (end: Int, conflict: StepConflict)

  /// Explains why a timeline is invalid; throws when the judge cannot tell for some prefix of it.
  static func explain(
    _ timeline: Timeline, of history: History, knowing conflict: StepConflict, judge: Judge
  ) throws(Obstacle) -> Explanation {
    try withoutActuallyEscaping(judge) { (judge) throws(Obstacle) in
      var search = FirstImpossible(timeline, conflict: conflict, judge: judge)
      try search.bisect()
      return search.explanation(history)
    }
  }

  private init(_ timeline: Timeline, conflict: StepConflict, judge: @escaping Judge) {
    self.timeline = timeline
    self.judge = judge
    invalid = (timeline.eventCount, conflict)
    shrink()
  }

  private mutating func bisect() throws(Obstacle) {
    var stride = 1
    while valid.end == 0 && invalid.end > 1 {
      try narrow(max(1, invalid.end - stride))
      stride *= 2
    }
    while invalid.end - valid.end > 1 {
      try narrow((valid.end + invalid.end) / 2)
    }
  }

  /// Judges what happened before an event.
  private mutating func narrow(_ end: Int) throws(Obstacle) {
    do {
      valid = (end, try judge(timeline.prefix(before: end)))
    } catch {
      guard case .conflict(let conflict) = error else { throw error }
      invalid = (end, conflict)
      shrink()
    }
  }

  /// Forgets what happened after the last completion in the conflict, and plays no part in it.
  private mutating func shrink() {
    let steps = invalid.conflict.steps.map { timeline.steps[$0] }
    let completions = steps.map { Int($0.end) }.filter { $0 < invalid.end }
    invalid.end = completions.reduce(0) { max($0, $1 + 1) }
    invalid.conflict.steps.removeAll { timeline.steps[$0].start >= invalid.end }
  }

  private func explanation(_ history: History) -> Explanation {
    let event = invalid.end - 1
    let prefix = timeline.prefix(before: invalid.end)
    let step = timeline.steps.firstIndex { $0.end == event } ?? 0
    let position = Int(timeline.steps[step].position)
    let conflict = ConflictReduction.reduce(invalid.conflict, in: prefix, judge: judge)
    return Explanation(
      key: timeline.key, operation: OperationID(position),
      event: history.operations[position].completedAt ?? history.eventCount,
      isFirst: true, completedBefore: timeline.steps.count { $0.end < event },
      linearization: timeline.operations(valid.order), possibleStates: [], possibleStateCount: 0,
      conflict: Conflict(
        operations: timeline.operations(conflict.steps), reason: conflict.reason))
  }
}

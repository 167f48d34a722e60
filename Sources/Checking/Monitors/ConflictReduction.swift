import Determinism

/// Drops from a conflict what it does not need: values first, then single observations.
///
/// The additions and removals of a value stay together, since a value that nobody added would be a
/// conflict of another kind. The budget bounds the cost: a large conflict may stay larger than it
/// could be.
struct ConflictReduction {
  /// Smaller conflicts are readable as they are, and larger ones take too long.
  private static var sizes: ClosedRange<Int> { 5...2_000 }

  private let timeline: Timeline
  private let judge: Judge
  /// Steps that may have removed any value; without them, less would be a conflict.
  private let unknown: [Int]
  private var conflict: StepConflict
  /// How many steps may still be judged.
  private var budget = 1_000_000

  /// Reduces a conflict in a timeline.
  static func reduce(
    _ conflict: StepConflict, in timeline: Timeline, judge: @escaping Judge
  ) -> StepConflict {
    guard sizes.contains(conflict.steps.count) else { return conflict }
    var reduction = ConflictReduction(timeline, conflict: conflict, judge: judge)
    reduction.shrink({ timeline.steps[$0].kind != .miss }) { Int(timeline.steps[$0].value) }
    reduction.shrink({ timeline.steps[$0].kind.isObservation }) { $0 }
    return reduction.conflict
  }

  private init(_ timeline: Timeline, conflict: StepConflict, judge: @escaping Judge) {
    self.timeline = timeline
    self.judge = judge
    self.conflict = conflict
    unknown = timeline.steps.indices.filter { timeline.steps[$0].kind == .unknown }
  }

  /// Drops as many groups as possible of the steps that may go, grouped by a key.
  private mutating func shrink(_ mayGo: (Int) -> Bool, groupedBy key: (Int) -> Int) {
    let fixed = conflict.steps.filter { !mayGo($0) }
    var groups: [[Int]] = []
    for step in conflict.steps.filter(mayGo).sorted(by: { (key($0), $0) < (key($1), $1) }) {
      if let first = groups.last?.first, key(first) == key(step) {
        groups[groups.count - 1].append(step)
      } else {
        groups.append([step])
      }
    }
    _ = DeltaDebugging.shrink(groups) { isConflict(fixed + $0.joined()) }
  }

  /// Whether some steps are a conflict by themselves, which is then the conflict to go on with.
  private mutating func isConflict(_ steps: [Int]) -> Bool {
    let chosen = (steps + unknown).sorted()
    guard budget >= chosen.count else { return false }
    budget -= chosen.count
    do {
      _ = try judge(timeline.restricted(to: chosen))
      return false
    } catch {
      guard case .conflict(let found) = error else { return false }
      conflict = StepConflict(steps: found.steps.map { chosen[$0] }, reason: found.reason)
      return true
    }
  }
}

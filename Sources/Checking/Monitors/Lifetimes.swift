/// When each value of a collection came and went, as far as the operations on it tell.
///
/// From the first completion to the last invocation of the operations on a value it certainly was in
/// the collection: these are its critical gaps. A value that was never removed counts as removed at
/// the end of the timeline, as if something emptied the collection there.
struct Lifetimes {
  /// The life of one value.
  struct Lifetime {
    /// The step that adds the value, and the gaps in which it may.
    var add: Int
    var addGaps: Range<Int>
    /// The step that removes it, or nil if none does, and the gaps in which it may.
    var remove: Int?
    var removeGaps: Range<Int>
    /// The steps whose completion ends `addGaps` and whose invocation begins `removeGaps`.
    var firstToEnd: Int
    var lastToStart: Int
    /// The first completion of an operation that took the value or saw it.
    var firstSeen: Int
    /// The last step to be invoked other than its removal.
    var lastUse: Int

    /// The gaps in which the value is certainly there.
    var criticalGaps: Range<Int> {
      addGaps.upperBound..<max(addGaps.upperBound, removeGaps.lowerBound)
    }

    /// The steps that show when the value is certainly there.
    var evidence: [Int] { [add, firstToEnd, lastToStart] + [remove].compactMap(\.self) }
  }

  /// An operation that saw a value.
  struct Sighting {
    var step: Int
    var lifetime: Int
    /// The gaps in which it may take effect.
    var gaps: Range<Int>
  }

  let timeline: Timeline
  var all: ContiguousArray<Lifetime> = []
  private(set) var sightings: ContiguousArray<Sighting> = []
  /// The steps that found nothing.
  private(set) var misses: ContiguousArray<Int> = []
  /// The steps that may have removed any value.
  private(set) var unknownRemovals: ContiguousArray<Int> = []

  /// Lets a value go with a removal of unknown outcome, if that is earlier than what is known.
  mutating func allow(_ removal: Int, for number: Int) {
    let lastUse = all[number].lastUse
    let last = timeline.steps[removal].start < timeline.steps[lastUse].start ? lastUse : removal
    let start = Int(timeline.steps[last].start)
    guard start < all[number].removeGaps.lowerBound else { return }
    all[number].remove = removal
    all[number].removeGaps = start..<lastGap + 1
    all[number].lastToStart = last
  }

  /// The gap behind the end of the timeline, in which every value can be removed.
  var lastGap: Int { timeline.eventCount }

  /// Reads a timeline in which every value is added once at most.
  ///
  /// Throws when the steps on one value contradict each other. Cost: O(n).
  init(_ timeline: Timeline) throws(Obstacle) {
    self.timeline = timeline
    var drafts = try collect()
    for value in drafts.indices {
      guard let lifetime = try lifetime(of: &drafts[value]) else { continue }
      drafts[value].number = Int32(all.count)
      all.append(lifetime)
    }
    for place in sightings.indices {
      let step = timeline.steps[sightings[place].step]
      let number = Int(drafts[Int(step.value)].number)
      sightings[place].lifetime = number
      sightings[place].gaps =
        max(
          Int(step.start), all[number].addGaps.lowerBound)..<min(
          Int(step.end), all[number].removeGaps.upperBound)
    }
  }
}

// MARK: - Reading

extension Lifetimes {
  /// What is known of a value while the steps are read.
  private struct Draft {
    var add: Int32 = -1
    var remove: Int32 = -1
    var firstToEnd: Int32 = -1
    var firstEnd = Step.open
    var lastToStart: Int32 = -1
    var lastStart: Int32 = -1
    var firstSeen = Step.open
    /// The number of the lifetime.
    var number: Int32 = -1

    mutating func include(_ number: Int32, step: Step) {
      if step.end < firstEnd { (firstEnd, firstToEnd) = (step.end, number) }
      if step.start > lastStart { (lastStart, lastToStart) = (step.start, number) }
      if step.isCompleted && step.kind != .add { firstSeen = min(firstSeen, step.end) }
    }
  }

  private mutating func collect() throws(Obstacle) -> ContiguousArray<Draft> {
    var drafts = ContiguousArray(repeating: Draft(), count: timeline.values.elements.count)
    for (number, step) in timeline.steps.enumerated() {
      let value = Int(step.value)
      switch step.kind {
      case .add:
        drafts[value].add = Int32(number)
        drafts[value].include(Int32(number), step: step)
      case .remove:
        let other = Int(drafts[value].remove)
        if other >= 0 && timeline.steps[other].isCompleted && step.isCompleted {
          let add = timeline.steps.firstIndex { $0.kind == .add && $0.value == step.value }
          throw .conflict(
            [add, other, number].compactMap(\.self),
            reason: "\(timeline.name(ofValueAt: number)) was removed twice")
        }
        if other < 0 || step.isCompleted { drafts[value].remove = Int32(number) }
      case .find where step.isCompleted:
        drafts[value].include(Int32(number), step: step)
        sightings.append(Sighting(step: number, lifetime: 0, gaps: 0..<0))
      case .miss where step.isCompleted: misses.append(number)
      case .unknown: unknownRemovals.append(number)
      case .find, .miss, .idle: break
      }
    }
    return drafts
  }

  /// The lifetime of a value, or nil if it need not have been there at all.
  private func lifetime(of draft: inout Draft) throws(Obstacle) -> Lifetime? {
    let lastUse = Int(draft.lastToStart)
    if draft.remove >= 0 { draft.include(draft.remove, step: timeline.steps[Int(draft.remove)]) }
    let isSeen = draft.firstSeen < Step.open
    guard draft.add >= 0 else {
      guard isSeen else { return nil }
      let value = timeline.name(ofValueAt: Int(draft.firstToEnd))
      throw .conflict([Int(draft.firstToEnd)], reason: "\(value) was there, but nobody added it")
    }
    let add = timeline.steps[Int(draft.add)]
    guard isSeen || add.isCompleted else { return nil }
    guard add.start < draft.firstEnd else {
      let value = timeline.name(ofValueAt: Int(draft.add))
      throw .conflict(
        [Int(draft.add), Int(draft.firstToEnd)], reason: "\(value) was there before it was added")
    }
    let remove = draft.remove < 0 ? nil : timeline.steps[Int(draft.remove)]
    let removeStart = remove == nil ? lastGap : Int(draft.lastStart)
    let removeEnd = remove.map { $0.isCompleted ? Int($0.end) : lastGap + 1 } ?? lastGap + 1
    guard removeStart < removeEnd else {
      let value = timeline.name(ofValueAt: Int(draft.add))
      throw .conflict(
        [draft.add, draft.remove, draft.lastToStart].map(Int.init),
        reason: "\(value) was there after it was removed")
    }
    return Lifetime(
      add: Int(draft.add), addGaps: Int(add.start)..<Int(draft.firstEnd),
      remove: remove == nil ? nil : Int(draft.remove), removeGaps: removeStart..<removeEnd,
      firstToEnd: Int(draft.firstToEnd), lastToStart: Int(draft.lastToStart),
      firstSeen: isSeen ? Int(draft.firstSeen) : lastGap + 1, lastUse: lastUse)
  }
}

import Histories

/// One operation of a partition, in the terms that all monitors share.
struct Step {
  /// What the operation does to the object.
  enum Kind: UInt8 {
    /// Brings a value in: a write, an enqueue, the acquisition of a lock.
    case add
    /// Takes a value out; one that is open may do so at any later time, or never.
    case remove
    /// Is indeterminate, and may have concerned any value or none: a removal or an acquisition.
    case unknown
    /// Saw that a value was there, or next.
    case find
    /// Saw that a value, or any value, was not there.
    case miss
    /// Constrains nothing.
    case idle

    /// Whether the operation leaves everything as it is.
    var isObservation: Bool {
      switch self {
      case .find, .miss, .idle: true
      case .add, .remove, .unknown: false
      }
    }
  }

  fileprivate(set) var kind: Kind
  /// The number of the value; zero where there is none.
  let value: Int32
  /// A number to compare: a priority or a token.
  let rank: Int64
  /// The position of the operation in the history.
  let position: Int32
  /// The place of the invocation among the events of the partition.
  fileprivate(set) var start: Int32
  /// The place of the completion, or `open`.
  fileprivate(set) var end: Int32 = open

  /// The end of an operation that has none.
  static let open = Int32.max

  /// Whether the operation returned to its client.
  var isCompleted: Bool { end != Self.open }
}

/// The operations of one partition in order of invocation, with values and events as small numbers.
///
/// Events count only where they matter: failed operations, indeterminate observations and the ends
/// of indeterminate operations have no place. Between one event and the next is a gap, in which
/// operations can take effect: gap `t` follows event `t`. The end of the timeline counts as one more
/// event, behind which is a gap for operations that did not take effect.
struct Timeline {
  let key: Value?
  private(set) var steps: ContiguousArray<Step> = []
  private(set) var eventCount = 0
  private(set) var values = Numbering<Value>()
  /// Why no monitor can judge these operations, if so.
  var obstacle: String?

  /// Creates a timeline in which the number zero belongs to the initial value, if there is one.
  init(key: Value?, initial: Value? = nil) {
    self.key = key
    if let initial { _ = values.number(of: initial) }
  }

  /// The value of a step, in words.
  func name(ofValueAt step: Int) -> String {
    values[UInt32(steps[step].value)].description
  }

  /// Adds the next invocation and returns the number of its step.
  mutating func invoke(_ kind: Step.Kind, value: Value?, rank: Int64, position: Int) -> Int {
    let number = value.map { Int32(values.number(of: $0)) } ?? 0
    steps.append(
      Step(
        kind: kind, value: number, rank: rank, position: Int32(position), start: Int32(eventCount)))
    eventCount += 1
    return steps.count - 1
  }

  /// Adds the completion of a step.
  mutating func complete(_ step: Int) {
    steps[step].end = Int32(eventCount)
    eventCount += 1
  }

  /// What had happened before an event: later completions are forgotten, but not their results.
  ///
  /// Steps keep their numbers. A removal that returned later is an open removal of a known value.
  func prefix(before event: Int) -> Timeline {
    var prefix = self
    prefix.eventCount = event
    while let last = prefix.steps.last, last.start >= event { prefix.steps.removeLast() }
    for number in prefix.steps.indices where prefix.steps[number].end >= event {
      prefix.steps[number].end = Step.open
    }
    return prefix
  }

  /// Only some of the steps, given in ascending order, with their events numbered anew.
  func restricted(to chosen: [Int]) -> Timeline {
    var events: [(event: Int32, step: Int)] = []
    var part = self
    part.steps = ContiguousArray(chosen.map { steps[$0] })
    for (number, step) in part.steps.enumerated() {
      events.append((step.start, number))
      if step.isCompleted { events.append((step.end, number)) }
    }
    events.sort { $0.event < $1.event }
    for (place, (event, number)) in events.enumerated() {
      if steps[chosen[number]].start == event {
        part.steps[number].start = Int32(place)
      } else {
        part.steps[number].end = Int32(place)
      }
    }
    part.eventCount = events.count
    return part
  }
}

extension Timeline {
  /// Finds an order without open additions of values that other steps add, too.
  ///
  /// A client that hears nothing tries again, and whether the first attempt added the value, nobody
  /// knows. If there is no order without it, that proves nothing.
  func withoutSpareAdditions(
    of isConcerned: (Int) -> Bool = { _ in true }, by judge: Judge
  ) throws(Obstacle) -> ContiguousArray<Int> {
    var chosen = ContiguousArray<Int32>(repeating: -1, count: values.elements.count)
    var plain = self
    var hasSpares = false
    for (number, step) in steps.enumerated()
    where step.kind == .add && isConcerned(Int(step.value)) {
      let other = Int(chosen[Int(step.value)])
      chosen[Int(step.value)] = Int32(number)
      guard other >= 0 else { continue }
      guard !(step.isCompleted && steps[other].isCompleted) else {
        throw .notApplicable("\(name(ofValueAt: number)) is added more than once")
      }
      hasSpares = true
      if !step.isCompleted { chosen[Int(step.value)] = Int32(other) }
      plain.steps[step.isCompleted ? other : number].kind = .idle
    }
    do {
      return try judge(plain)
    } catch {
      guard case .conflict = error, hasSpares else { throw error }
      throw .notApplicable("a value may have been added more than once")
    }
  }
}

public import Histories

/// Judges the histories of one kind of object in near-linear time, where values are distinct.
///
/// A search has to try orders. Where every value is added at most once, results say so much about
/// the order that a few passes over the operations decide. What a monitor cannot judge it leaves to
/// the search; it never guesses.
public struct Monitor<Specification: SequentialSpecification>: Sendable {
  /// What an action does, in the terms that all monitors share.
  enum Translation {
    /// It concerns a value, or none in particular.
    case step(Step.Kind, Value?, rank: Int64)
    /// The monitor does not understand it, for this reason.
    case foreign(String)

    static func step(_ kind: Step.Kind, value: Value?) -> Translation {
      .step(kind, value, rank: 0)
    }
  }

  /// What is there without having been added, for objects that hold something at first.
  let initial: Value?
  /// Translates the action of an operation.
  let translate: @Sendable (Specification.Action, Operation) -> Translation
  /// Finds an order in which the steps can take effect, or what stands in its way.
  let order: @Sendable (Timeline) throws(Obstacle) -> ContiguousArray<Int>

  init(
    initial: Value? = nil,
    order: @escaping @Sendable (Timeline) throws(Obstacle) -> ContiguousArray<Int>,
    translate: @escaping @Sendable (Specification.Action, Operation) -> Translation
  ) {
    self.initial = initial
    self.translate = translate
    self.order = order
  }

  /// Judges each partition of a history, in the order in which the history first mentions them.
  ///
  /// Throws when an operation does not belong to the specification. Cost: O(n log n) for n
  /// operations, and O(n log² n) if the history is invalid.
  public func answers(
    for history: History, specification: Specification
  ) throws(SpecificationError) -> [MonitorAnswer] {
    try timelines(of: history, specification: specification).map { timeline in
      MonitorAnswer(key: timeline.key, judgement: judge(timeline, history: history))
    }
  }

  /// Judges one partition of a history.
  func judge(_ timeline: Timeline, history: History) -> MonitorAnswer.Judgement {
    if let reason = timeline.obstacle { return .notApplicable(reason) }
    do {
      return .valid(timeline.operations(try order(timeline)))
    } catch {
      guard case .conflict(let conflict) = error else { return .notApplicable(error.reason) }
      return explain(conflict, in: timeline, of: history)
    }
  }

  private func explain(
    _ conflict: StepConflict, in timeline: Timeline, of history: History
  ) -> MonitorAnswer.Judgement {
    do {
      return .invalid(
        try FirstImpossible.explain(timeline, of: history, knowing: conflict, judge: order))
    } catch {
      return .notApplicable(error.reason)
    }
  }
}

/// Why a monitor finds no order of some steps.
enum Obstacle: Error {
  /// There is none, as these steps show by themselves.
  case conflict(StepConflict)
  /// The monitor cannot tell.
  case notApplicable(String)

  /// Why there is no order, or no telling.
  var reason: String {
    switch self {
    case .conflict(let conflict): conflict.reason
    case .notApplicable(let reason): reason
    }
  }

  /// The conflict of some steps, which may be given more than once and in any order.
  static func conflict(_ steps: [Int], reason: String) -> Obstacle {
    var distinct: [Int] = []
    for step in steps.sorted() where distinct.last != step { distinct.append(step) }
    return .conflict(StepConflict(steps: distinct, reason: reason))
  }
}

/// Steps that have no order by themselves, in order of invocation, and why they have none.
struct StepConflict {
  var steps: [Int]
  var reason: String
}

/// What a monitor says about one partition of a history.
public struct MonitorAnswer: Sendable {
  /// The three things that a monitor can say.
  public enum Judgement: Sendable {
    /// The operations are correct, and this order shows it.
    case valid([OperationID])
    /// They are not, and this is where and why; the explanation names a conflict.
    case invalid(Explanation)
    /// The monitor cannot tell, for this reason.
    case notApplicable(String)
  }

  /// The key of the partition, or nil when all keys were judged together.
  public let key: Value?
  /// What the monitor says about it.
  public let judgement: Judgement
}

extension Timeline {
  /// The operations behind some steps, in their order.
  func operations(_ steps: some Sequence<Int>) -> [OperationID] {
    steps.map { OperationID(Int(self.steps[$0].position)) }
  }
}

import Determinism
public import Histories

/// Decides whether the operations of a history can each have taken effect at one instant.
///
/// A history is linearizable when there is an order of its operations that the specification
/// allows and in which no operation comes before one that completed before it was invoked (Herlihy
/// and Wing 1990). Failed operations did not happen; indeterminate ones may take effect at any time
/// after their invocation, or never.
///
/// The cost is about linear in the number of operations, and exponential in the worst case in how
/// many are open at once, which includes the indeterminate ones; hence the limits.
///
/// A monitor, where the object has one, judges the partitions in which values are distinct; only the
/// others are searched.
public struct LinearizabilityChecker<Specification: SequentialSpecification>: Sendable {
  private let specification: Specification
  private let limits: SearchLimits
  private let monitor: Monitor<Specification>?

  /// Creates a checker for objects that should behave like the specification.
  public init(
    _ specification: Specification, limits: SearchLimits = .standard,
    monitor: Monitor<Specification>? = nil
  ) {
    self.specification = specification
    self.limits = limits
    self.monitor = monitor
  }

  /// Judges a history; throws when one of its operations does not belong to the model.
  public func check(_ history: History) throws(SpecificationError) -> Verdict {
    guard let monitor else {
      var search = try start(history)
      return search.run()
    }
    let timelines = try monitor.timelines(of: history, specification: specification)
    var settled: [Value?: [OperationID]] = [:]
    for timeline in timelines {
      switch monitor.judge(timeline, history: history) {
      case .valid(let order): settled[timeline.key] = order
      case .invalid(let explanation):
        return .invalid(try addStates(to: explanation, history: history))
      case .notApplicable: break
      }
    }
    guard settled.count == timelines.count else {
      var search = LinearizabilitySearch(
        history, parts: try PartitionedHistory(history, specification: specification),
        limits: limits, settled: settled)
      return search.run()
    }
    return .valid(
      Linearization(
        partitions: timelines.map { .init(key: $0.key, order: settled[$0.key] ?? []) }))
  }

  /// Begins to search for a linearization, for callers that want to search slice by slice.
  ///
  /// A command line can thus look at the clock between slices, which the search itself never does.
  /// A monitor needs no slices, and is not asked.
  public func start(
    _ history: History
  ) throws(SpecificationError) -> LinearizabilitySearch<Specification> {
    LinearizabilitySearch(
      history, parts: try PartitionedHistory(history, specification: specification), limits: limits)
  }

  /// Adds to an explanation a small part of the history that fails in the same way.
  ///
  /// Costs many times as much as the verdict, up to a bound; hence it is done on demand. Adds nothing
  /// if the search could not tell which completion is the first that is impossible.
  public func minimize(
    _ explanation: Explanation, of history: History
  ) throws(SpecificationError) -> Explanation {
    guard explanation.isFirst else { return explanation }
    var minimizer = Minimizer(specification, history: history) {
      (part) throws(SpecificationError) in
      var search = try start(part)
      let outcome = search.decide(configurations: 20_000 + 10 * part.operations.count)
      return (outcome?.isValid, search.explored)
    }
    var explanation = explanation
    explanation.minimal = try minimizer.minimize(
      explanation.linearization, culprit: explanation.operation)
    return explanation
  }

  /// Adds the states in which the object may be to the explanation of a monitor, which knows none.
  ///
  /// A short search finds them in histories that a person might read.
  private func addStates(
    to explanation: Explanation, history: History
  ) throws(SpecificationError) -> Explanation {
    guard history.operations.count <= 1_000 else { return explanation }
    var search = try start(history)
    guard case .invalid(var found)? = search.run(configurations: 10_000), found.isFirst,
      found.operation == explanation.operation
    else { return explanation }
    found.conflict = explanation.conflict
    return found
  }
}

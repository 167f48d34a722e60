import Determinism
import Histories

extension LinearizabilitySearch {
  /// The configurations that an explanation may visit, however small the refutation was.
  private static var explanationBudget: Int { 65_536 }

  /// Names the completion that nothing survives, with an order of what precedes it.
  ///
  /// A search turns back before the completion that makes its path hopeless, so it only knows a
  /// range in which the first impossible completion lies. Searches of prefixes, which ignore what
  /// completes after them, find it by bisection.
  mutating func explain(_ refuted: FrontierSearch<Specification>) -> Explanation {
    let projection = refuted.projection
    table.byteLimit = .max
    var budget = min(max(Self.explanationBudget, explored), affordable)
    var reached = refuted.deepestLayer
    var impossible = refuted.lastObstacle
    while reached < impossible, budget > 0 {
      let middle = (reached + impossible + 1) / 2
      var probe = FrontierSearch<Specification>(projection, goal: middle)
      switch probe.run(until: budget, &table) {
      case .linearized: reached = middle
      case .impossible: impossible = probe.lastObstacle
      case .paused: break
      }
      budget -= probe.explored
    }
    var prefix = FrontierSearch<Specification>(projection, goal: reached)
    _ = prefix.run(until: .max, &table)
    var everything = FrontierSearch<Specification>(
      projection, goal: reached + 1, horizon: reached)
    _ = everything.run(until: Self.explanationBudget, &table)
    let states = everything.states(inLayer: reached)
    let position = projection.entries[projection.returns[impossible]].position
    return Explanation(
      key: projection.key,
      operation: OperationID(position),
      event: history.operations[position].completedAt ?? history.eventCount,
      isFirst: reached == impossible,
      completedBefore: impossible,
      linearization: operations(prefix.order, projection: projection),
      possibleStates: states.prefix(Explanation.maximumListedStates).map {
        table.specification.describe(table.states[$0])
      },
      possibleStateCount: states.count)
  }
}

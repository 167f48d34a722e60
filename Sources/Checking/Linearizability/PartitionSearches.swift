import Determinism
import Histories

/// The searches of all partitions, run in turn with growing budgets until one answer decides.
///
/// A partition may be refuted in a thousand configurations while its neighbour is not decided in a
/// million. So each gets a small budget first, then four times as much, and so on: a fixed schedule
/// without threads, which costs at most a constant factor over the luckiest order.
struct PartitionSearches<Specification: SequentialSpecification> {
  private static var firstBudget: Int { 1_024 }

  let history: History
  private let limits: SearchLimits
  /// The number of configurations that the limits allow.
  let affordable: Int
  var table: TransitionTable<Specification>
  private var searches: ContiguousArray<FrontierSearch<Specification>>
  private var undecided: ContiguousArray<Int>
  /// Configurations visited by searches that have ended.
  private var spent = 0

  init(_ history: History, _ parts: PartitionedHistory<Specification>, _ limits: SearchLimits) {
    self.history = history
    self.limits = limits
    table = parts.table
    searches = ContiguousArray(parts.projections.map { FrontierSearch($0) })
    undecided = ContiguousArray(searches.indices)
    let maskWords = parts.projections.reduce(1) { max($0, $1.maskWords) }
    // A place in the set of configurations, which is up to three times its contents, and a state.
    affordable = limits.affordable(
      bytesPerConfiguration: 3 * 8 * (maskWords + 1)
        + 2 * MemoryLayout<Specification.State>.stride)
  }

  /// Runs all searches until one partition is refuted, all are linearized, or a limit is reached.
  mutating func run() -> Verdict {
    var budget = 0
    while !undecided.isEmpty {
      let share = (affordable - spent) / undecided.count - budget
      guard share > 0 else { return .unknown(limit()) }
      budget += min(share, max(Self.firstBudget, 3 * budget))
      var paused: ContiguousArray<Int> = []
      for partition in undecided {
        switch searches[partition].run(until: budget, &table) {
        case .paused: paused.append(partition)
        case .impossible: return .invalid(explain(searches[partition]))
        case .linearized:
          spent += searches[partition].explored
          searches[partition].forget()
        }
      }
      undecided = paused
    }
    let partitions = searches.map { search in
      Linearization.Partition(
        key: search.projection.key, order: operations(search.order, search.projection))
    }
    return .valid(Linearization(partitions: partitions))
  }

  func operations(
    _ order: ContiguousArray<Int>, _ projection: Projection
  ) -> [OperationID] {
    order.map { OperationID(projection.entries[$0].position) }
  }

  /// How many configurations were visited in all partitions together.
  var explored: Int { undecided.reduce(spent) { $0 + searches[$1].explored } }

  private func limit() -> Limit {
    let projection = searches[undecided[0]].projection
    return Limit(
      resource: affordable < limits.configurations ? .memory : .configurations,
      explored: explored,
      key: projection.key,
      undecidedPartitions: undecided.count,
      concurrency: projection.concurrency,
      indeterminate: projection.indeterminate.count)
  }
}

import Determinism
public import Histories

/// The search for a linearization of one history, which can be run in slices.
///
/// A value: a copy goes on from where the original was. The verdict and its evidence do not depend
/// on how the search is sliced.
///
/// The partitions are searched in turn with growing budgets until one answer decides. A partition
/// may be refuted in a thousand configurations while its neighbour is not decided in a million. So
/// each gets a small budget first, then four times as much, and so on: a fixed schedule without
/// threads, which costs at most a constant factor over the luckiest order.
public struct LinearizabilitySearch<Specification: SequentialSpecification>: Sendable {
  private static var firstBudget: Int { 1_024 }

  let history: History
  private let limits: SearchLimits
  /// The number of configurations that the limits allow.
  let affordable: Int
  var table: TransitionTable<Specification>
  private var searches: ContiguousArray<FrontierSearch<Specification>>
  /// The orders of partitions that need no search.
  private let settled: [Value?: [OperationID]]
  /// The partitions without an answer at the beginning of the round, and whose turn it is.
  private var undecided: ContiguousArray<Int> = []
  private var turn = 0
  /// Those of them that used up their budget in this round.
  private var paused: ContiguousArray<Int>
  /// How many configurations a partition may have visited by the end of the round.
  private var budget = 0
  private var outcome: Outcome?
  private var verdict: Verdict?

  /// How a search ended, before that is put into words.
  enum Outcome {
    case linearized
    /// The search of this partition failed.
    case refuted(Int)
    case exhausted

    /// Whether the history is valid, as far as that was found out.
    var isValid: Bool? {
      switch self {
      case .linearized: true
      case .refuted: false
      case .exhausted: nil
      }
    }
  }

  /// Prepares the search of all partitions but those that are settled by an order for their key.
  init(
    _ history: History, parts: PartitionedHistory<Specification>, limits: SearchLimits,
    settled: [Value?: [OperationID]] = [:]
  ) {
    self.history = history
    self.settled = settled
    self.limits = limits
    table = parts.table
    searches = ContiguousArray(parts.projections.map { FrontierSearch($0) })
    paused = ContiguousArray(
      searches.indices.filter { settled[parts.projections[$0].key] == nil })
    let maskWords = parts.projections.reduce(1) { max($0, $1.maskWords) }
    // A place in the set of configurations, which is up to three times its contents, and a state.
    affordable = limits.affordable(
      bytesPerConfiguration: 3 * 8 * (maskWords + 1)
        + 2 * MemoryLayout<Specification.State>.stride)
    // Half of the memory is for what states keep elsewhere.
    table.byteLimit = limits.bytes / 2
  }

  /// How many configurations were visited so far, in all partitions together.
  public var explored: Int { searches.reduce(0) { $0 + $1.explored } }

  /// Searches until one partition is refuted, all are linearized, or a limit is reached.
  public mutating func run() -> Verdict {
    while true {
      if let verdict = run(configurations: .max) { return verdict }
    }
  }

  /// Searches on for about so many configurations more; nil when that decides nothing.
  ///
  /// Explaining why a history is invalid may take as many again as refuting it.
  public mutating func run(configurations: Int) -> Verdict? {
    precondition(configurations > 0, "a slice visits at least one configuration")
    if verdict == nil, let outcome = decide(configurations: configurations) {
      verdict = verdict(of: outcome)
    }
    return verdict
  }

  /// Searches on like `run`, for callers that need no evidence.
  mutating func decide(configurations: Int) -> Outcome? {
    var slice = configurations
    while outcome == nil {
      if turn == undecided.count {
        beginRound()
        continue
      }
      let partition = undecided[turn]
      let before = searches[partition].explored
      let isCut = slice < budget - before
      switch searches[partition].run(until: isCut ? before + slice : budget, &table) {
      case .paused:
        if isCut && !table.isFull { return nil }
        paused.append(partition)
      case .impossible:
        outcome = .refuted(partition)
      case .linearized:
        searches[partition].forget()
      }
      slice -= searches[partition].explored - before
      turn += 1
    }
    return outcome
  }

  /// Gives each undecided partition a new budget, or ends when there is nobody or nothing left to
  /// give.
  private mutating func beginRound() {
    undecided = paused
    paused = []
    turn = 0
    guard !undecided.isEmpty else {
      outcome = .linearized
      return
    }
    let share = (affordable - explored) / undecided.count
    if share > 0 && !table.isFull {
      budget += min(share, max(Self.firstBudget, 3 * budget))
    } else {
      outcome = .exhausted
    }
  }

  private mutating func verdict(of outcome: Outcome) -> Verdict {
    switch outcome {
    case .refuted(let partition): return .invalid(explain(searches[partition]))
    case .exhausted: return .unknown(limit())
    case .linearized:
      return .valid(
        Linearization(
          partitions: searches.map { search in
            let key = search.projection.key
            return Linearization.Partition(
              key: key,
              order: settled[key] ?? operations(search.order, projection: search.projection))
          }))
    }
  }

  func operations(_ order: ContiguousArray<Int>, projection: Projection) -> [OperationID] {
    order.map { OperationID(projection.entries[$0].position) }
  }

  private func limit() -> Limit {
    let projection = searches[undecided[0]].projection
    var keys: [Value] = []
    for entry in projection.entries where keys.count <= Limit.maximumCountedKeys {
      let key = history.operations[entry.position].invocation.key
      if !keys.contains(key) { keys.append(key) }
    }
    return Limit(
      resource: table.isFull || affordable < limits.configurations ? .memory : .configurations,
      explored: explored,
      key: projection.key,
      undecidedPartitions: undecided.count,
      operations: projection.entries.count,
      keys: keys.count,
      concurrency: projection.concurrency,
      indeterminate: projection.indeterminate.count)
  }
}

import Determinism
public import Histories

/// Decides whether one order of all operations is legal and keeps the order of each process.
///
/// That is sequential consistency (Lamport 1979). Unlike linearizability it knows no real time, and
/// objects cannot be judged apart: a history may be sequentially consistent key by key and not as a
/// whole. Deciding it is NP-hard; the cost is at worst the product of the processes' lengths.
public struct SequentialConsistencyChecker<Specification: SequentialSpecification>: Sendable {
  private typealias Joint = ProductSpecification<Specification>

  private let specification: Joint
  private let limits: SearchLimits

  /// Creates a checker for objects that should each behave like the specification.
  public init(_ specification: Specification, limits: SearchLimits = .standard) {
    self.specification = ProductSpecification(specification)
    self.limits = limits
  }

  /// Judges a history; an invalid one comes with a part that is minimal.
  public func check(_ history: History) throws(SpecificationError) -> Assessment {
    var explored = 0
    switch try search(history, configurations: limits.configurations, &explored) {
    case .order(let order):
      return Assessment(
        .valid, linearization: Linearization(partitions: [.init(key: nil, order: order)]))
    case .impossible:
      return Assessment(.invalid, anomalies: [try anomaly(in: history)])
    case .exhausted:
      return Assessment(
        .unknown(
          advice: "\(explored) configurations were not enough: use fewer processes, "
            + "a shorter history, or allow more time or memory"))
    }
  }

  /// What is wrong with the certificate of a valid history, or nil if it is sound.
  public func complaint(
    about order: [OperationID], of history: History
  ) throws(SpecificationError) -> String? {
    try SequentialVerifier(specification).complaint(about: order, of: history)
  }

  private func search(
    _ history: History, configurations: Int, _ explored: inout Int
  ) throws(SpecificationError) -> SequentialSearch<Joint>.Outcome {
    let layout = try SequentialHistory(history, specification: specification)
    let words = layout.lanes.count + layout.floating.count / 32 + 2
    let limit = limits.affordable(
      bytesPerConfiguration: 96 + 4 * words + 2 * MemoryLayout<Joint.State>.stride)
    var search = SequentialSearch(layout)
    let outcome = search.run(limit: min(limit, configurations))
    explored = search.explored
    return outcome
  }

  /// The configurations that each check of a smaller history may visit.
  private static var minimizationBudget: Int { 20_000 }

  private func anomaly(in history: History) throws(SpecificationError) -> Anomaly {
    var explored = 0
    let all = (0..<history.operations.count).map { OperationID($0) }
    let part = try DeltaDebugging.shrink(all) { (part) throws(SpecificationError) in
      let outcome = try search(
        history.selecting(part), configurations: Self.minimizationBudget, &explored)
      if case .impossible = outcome { return true }
      return false
    }
    return Anomaly(
      "no-sequential-order", operations: part,
      text: "No order of these operations is legal and keeps the order of each process; without "
        + "any one of them there is one.")
  }
}

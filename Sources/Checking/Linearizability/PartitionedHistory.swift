import Determinism
import Histories

/// A history split into partitions, each compiled for the search.
///
/// Failed operations never happened and are left out. An indeterminate operation that can only
/// observe constrains nothing and is left out too. Operations that touch several keys tie these
/// together; groups of keys that nothing ties together are partitions (Herlihy and Wing 1990,
/// theorem 1, for the groups as objects).
struct PartitionedHistory<Specification: SequentialSpecification> {
  private(set) var projections: ContiguousArray<Projection> = []
  private(set) var table: TransitionTable<Specification>

  /// An operation that constrains something.
  private struct Step {
    var action: UInt32
    var isPure: Bool
    var isCompleted: Bool
    /// The number of one of its keys.
    var key: Int
  }

  /// Compiles a history in O(n·k) for n operations of which k are open at once.
  init(_ history: History, specification: Specification) throws(SpecificationError) {
    table = TransitionTable(specification)
    var groups = KeyGroups()
    var touchesEverything = false
    var steps: ContiguousArray<Step?> = []
    steps.reserveCapacity(history.operations.count)
    for operation in history.operations {
      var step = try step(for: operation)
      if step != nil {
        let keys = specification.partitions(of: operation)
        touchesEverything = touchesEverything || keys == nil
        step?.key = groups.join(keys ?? [])
      }
      steps.append(step)
    }
    layOut(history, steps: steps, &groups, together: touchesEverything)
  }

  /// The action of an operation, or nil when it constrains nothing.
  private mutating func step(for operation: Operation) throws(SpecificationError) -> Step? {
    let isCompleted: Bool
    switch operation.completion {
    case .ok: isCompleted = true
    case .info: isCompleted = false
    case .fail: return nil
    }
    guard let action = try table.specification.action(for: operation) else { return nil }
    let isPure = table.specification.isPure(action)
    guard isCompleted || !isPure else { return nil }
    return Step(
      action: table.number(of: action), isPure: isPure, isCompleted: isCompleted, key: 0)
  }

  /// Deals the events out to partitions, in the order in which the history first mentions these.
  private mutating func layOut(
    _ history: History, steps: ContiguousArray<Step?>, _ groups: inout KeyGroups, together: Bool
  ) {
    var owners = ContiguousArray(repeating: 0, count: history.eventCount)
    for (position, operation) in history.operations.enumerated() {
      owners[operation.invokedAt] = position
      if let end = operation.completedAt { owners[end] = position }
    }
    var partitions = ContiguousArray<Int?>(repeating: nil, count: groups.keys.count)
    var entries = ContiguousArray<Int?>(repeating: nil, count: steps.count)
    for position in owners {
      guard let step = steps[position] else { continue }
      let leader = together ? 0 : groups.leader(of: step.key)
      let partition = partitions[leader] ?? projections.count
      if partition == projections.count {
        partitions[leader] = partition
        projections.append(Projection(key: together ? nil : groups.keys[leader]))
      }
      if let entry = entries[position] {
        if step.isCompleted { projections[partition].complete(entry) }
      } else {
        entries[position] = projections[partition].invoke(
          position: position, action: step.action, isPure: step.isPure)
      }
    }
    for number in projections.indices { projections[number].finish() }
  }
}

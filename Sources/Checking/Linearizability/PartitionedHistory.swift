import Determinism
import Histories

/// A history split into partitions, each compiled for the search.
///
/// Failed operations never happened and are left out. An indeterminate operation that can only
/// observe constrains nothing and is left out too.
struct PartitionedHistory<Specification: SequentialSpecification> {
  private(set) var projections: ContiguousArray<Projection> = []
  private(set) var table: TransitionTable<Specification>
  private var numbers: [Value?: Int] = [:]
  private var latest: (key: Value?, number: Int)?

  /// Compiles a history in O(n·k) for n operations of which k are open at once.
  init(_ history: History, _ specification: Specification) throws(SpecificationError) {
    table = TransitionTable(specification)
    let operations = history.operations
    var owners = ContiguousArray(repeating: 0, count: history.eventCount)
    for (position, operation) in operations.enumerated() {
      owners[operation.invokedAt] = position
      if let end = operation.completedAt { owners[end] = position }
    }
    var places = ContiguousArray<(partition: Int, entry: Int)?>(
      repeating: nil, count: operations.count)
    for (event, owner) in owners.enumerated() {
      if operations[owner].invokedAt == event {
        places[owner] = try invoke(operations[owner], position: owner)
      } else if let place = places[owner], case .ok = operations[owner].completion {
        projections[place.partition].complete(place.entry)
      }
    }
    for number in projections.indices { projections[number].finish() }
  }

  private mutating func invoke(
    _ operation: Operation, position: Int
  ) throws(SpecificationError) -> (partition: Int, entry: Int)? {
    let isCompleted: Bool
    switch operation.completion {
    case .ok: isCompleted = true
    case .info: isCompleted = false
    case .fail: return nil
    }
    guard let action = try table.specification.action(for: operation) else { return nil }
    let isPure = table.specification.isPure(action)
    guard isCompleted || !isPure else { return nil }
    let partition = number(ofPartition: table.specification.partition(of: operation))
    let entry = projections[partition].invoke(
      position: position, action: table.number(of: action), isPure: isPure)
    return (partition, entry)
  }

  private mutating func number(ofPartition key: Value?) -> Int {
    if let latest, latest.key == key { return latest.number }
    let number = numbers[key] ?? projections.count
    if number == projections.count {
      numbers[key] = number
      projections.append(Projection(key: key))
    }
    latest = (key, number)
    return number
  }
}

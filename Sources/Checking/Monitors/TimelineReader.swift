import Determinism
import Histories

extension Monitor {
  /// Splits a history into partitions and puts each of them into the terms of monitors.
  ///
  /// One pass over the events in their order. Cost: O(n) for n operations.
  func timelines(
    of history: History, specification: Specification
  ) throws(SpecificationError) -> ContiguousArray<Timeline> {
    var reader = TimelineReader(monitor: self, specification: specification)
    let operations = history.operations
    var owners = ContiguousArray<Int32>(repeating: 0, count: history.eventCount)
    for (position, operation) in operations.enumerated() {
      owners[operation.invokedAt] = Int32(position)
      if let end = operation.completedAt { owners[end] = Int32(position) }
    }
    var places = ContiguousArray<TimelineReader<Specification>.Place?>(
      repeating: nil, count: operations.count)
    for (event, owner) in owners.enumerated() {
      let position = Int(owner)
      if operations[position].invokedAt == event {
        places[position] = try reader.invoke(operations[position], position: position)
      } else if let place = places[position], operations[position].isOK {
        reader.timelines[Int(place.timeline)].complete(Int(place.step))
      }
    }
    return reader.timelines
  }
}

/// Puts the operations of a history into timelines, one after the other.
struct TimelineReader<Specification: SequentialSpecification> {
  /// Where an operation has gone.
  struct Place {
    var timeline: Int32
    var step: Int32
  }

  let monitor: Monitor<Specification>
  let specification: Specification
  fileprivate(set) var timelines: ContiguousArray<Timeline> = []
  private var numbers: [Value?: Int] = [:]
  private var latest: (key: Value?, number: Int)?

  init(monitor: Monitor<Specification>, specification: Specification) {
    self.monitor = monitor
    self.specification = specification
  }

  /// Adds an invocation to its timeline; nil if it does not matter.
  fileprivate mutating func invoke(
    _ operation: Operation, position: Int
  ) throws(SpecificationError) -> Place? {
    guard operation.completion != .fail,
      let action = try specification.action(for: operation)
    else { return nil }
    switch monitor.translate(action, operation) {
    case .step(let kind, let value, let rank):
      if kind.isObservation && !operation.isOK { return nil }
      let number = number(ofPartition: specification.partition(of: operation))
      let step = timelines[number].invoke(kind, value: value, rank: rank, position: position)
      return Place(timeline: Int32(number), step: Int32(step))
    case .foreign(let reason):
      let number = number(ofPartition: specification.partition(of: operation))
      if timelines[number].obstacle == nil { timelines[number].obstacle = reason }
      return nil
    }
  }

  private mutating func number(ofPartition key: Value?) -> Int {
    if let latest, latest.key == key { return latest.number }
    let number = numbers[key] ?? timelines.count
    if number == timelines.count {
      numbers[key] = number
      timelines.append(Timeline(key: key, initial: monitor.initial))
    }
    latest = (key, number)
    return number
  }
}

extension Operation {
  fileprivate var isOK: Bool {
    if case .ok = completion { true } else { false }
  }
}

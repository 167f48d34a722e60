public import Histories

extension Monitor where Specification == PoolSpecification {
  /// Judges containers into which every value is put once.
  ///
  /// Priorities have to be whole numbers.
  public static func pool(_ specification: PoolSpecification) -> Monitor {
    switch specification.order {
    case .firstInFirstOut: pool(QueueMonitor.order) { _ in 0 }
    case .lastInFirstOut: pool(StackMonitor.order) { _ in 0 }
    case .any: pool(PriorityMonitor.order) { _ in 0 }
    case .highestFirst: pool(PriorityMonitor.order) { $0.priority }
    case .lowestFirst: pool(PriorityMonitor.order) { value in value.priority.map { -1 - $0 } }
    }
  }

  private static func pool(
    _ order: @escaping @Sendable (Timeline) throws(Obstacle) -> ContiguousArray<Int>,
    rank: @escaping @Sendable (Value) -> Int64?
  ) -> Monitor {
    Monitor(order: order) { action, _ in
      switch action {
      case .put(let value):
        rank(value).map { .step(.add, value, rank: $0) }
          ?? .foreign("the priority of \(value) is not a whole number")
      case .take(let value): .step(.remove, value: value)
      case .peek(let value): .step(.find, value: value)
      case .foundEmpty: .step(.miss, value: nil)
      case .takeUnknown: .step(.unknown, value: nil)
      case .count: .foreign("there are counts of elements")
      }
    }
  }
}

extension Monitor where Specification == SetSpecification {
  /// Judges sets to which every value is added successfully once, and which are never read whole.
  public static func set(_ specification: SetSpecification) -> Monitor {
    Monitor(order: SetMonitor.order) { action, operation in
      switch action {
      case .contains(let value, true): .step(.find, value: value)
      case .contains(let value, false): .step(.miss, value: value)
      case .add(let value, wasNew: _): .step(.add, value: value)
      case .remove(let value, let wasThere):
        wasThere || operation.completion == .info
          ? .step(.remove, value: value)
          : .foreign("there are removals that may have changed nothing")
      case .read: .foreign("there are reads of the whole set")
      }
    }
  }
}

extension Value {
  /// What a priority queue orders an element by, if that is a whole number.
  fileprivate var priority: Int64? {
    switch self {
    case .integer(let number): number
    case .list(let pair) where pair.count == 2: pair[0].wholeNumber
    default: nil
    }
  }

  private var wholeNumber: Int64? {
    if case .integer(let number) = self { number } else { nil }
  }
}

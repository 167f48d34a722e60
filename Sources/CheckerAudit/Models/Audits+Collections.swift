import Histories

extension Audits {
  static var collections: [Audit] {
    [
      set, growOnlySet, queue, stack, highestFirst, lowestFirst, equalPriorities,
      unorderedQueue, crashedQueue,
    ]
  }

  private static let elements: [Value] = .integers(1...2)
  private static let contents: [Value] = [
    .list([]), .list([elements[0]]), .list([elements[1]]), .list(elements),
  ]

  private static var set: Audit {
    let answers: [Value] = .answers + [.none]
    return .linearizability(
      "set",
      histories: RandomHistories(
        specification: SetSpecification(),
        calls: RandomHistories.calls("add", inputs: elements, outputs: answers)
          + RandomHistories.calls("remove", inputs: elements, outputs: answers)
          + RandomHistories.calls("contains", inputs: elements, outputs: .answers)
          + RandomHistories.calls("read", outputs: contents)))
  }

  private static var growOnlySet: Audit {
    .linearizability(
      "grow-only-set",
      histories: RandomHistories(
        specification: GrowOnlySetSpecification(),
        calls: RandomHistories.calls("add", inputs: elements)
          + RandomHistories.calls("read", outputs: contents)
          + RandomHistories.calls("read", outputs: contents)))
  }

  private static var queue: Audit {
    pool(
      "queue", order: .firstInFirstOut, put: "enqueue", elements: .integers(1...3),
      observers: ["dequeue", "dequeue", "peek"])
  }

  private static var stack: Audit {
    pool(
      "stack", order: .lastInFirstOut, put: "push", elements: .integers(1...3),
      observers: ["pop", "pop", "peek"])
  }

  /// Two of the four elements have equal priorities.
  private static let priorities: [Value] = [(1, "a"), (2, "b"), (2, "c"), (3, "d")].map {
    .list([.integer($0), .text($1)])
  }

  private static var highestFirst: Audit {
    pool(
      "priority-queue", order: .highestFirst, put: "insert", elements: priorities,
      observers: ["poll", "poll", "peek"])
  }

  private static var lowestFirst: Audit {
    pool(
      "priority-queue, lowest first", order: .lowestFirst, put: "insert", elements: priorities,
      observers: ["poll", "poll", "peek"])
  }

  private static var equalPriorities: Audit {
    pool(
      "priority-queue of equal priorities, mostly crashed", order: .highestFirst, put: "insert",
      elements: Array(priorities[1...2]), observers: ["poll"], clients: 4, operations: 8,
      crashPercent: 60)
  }

  private static var unorderedQueue: Audit {
    pool(
      "unordered-queue", order: .any, put: "enqueue", elements: elements,
      observers: ["dequeue", "dequeue"])
  }

  private static var crashedQueue: Audit {
    pool(
      "unordered-queue, mostly crashed", order: .any, put: "enqueue", elements: elements,
      observers: ["dequeue"], clients: 4, operations: 8, crashPercent: 60)
  }

  /// Besides what puts elements in and what takes or sees them there is a count of them, which shows
  /// that something was taken early.
  private static func pool(
    _ name: String, order: PoolSpecification.Order, put: String, elements: [Value],
    observers: [String], clients: Int = 3, operations: Int = 6, crashPercent: Int = 25
  ) -> Audit {
    let takes = observers.flatMap { observer in
      RandomHistories<PoolSpecification>.calls(observer, outputs: elements + [.none])
    }
    return .linearizability(
      name,
      histories: RandomHistories(
        specification: PoolSpecification(order),
        calls: RandomHistories.calls(put, inputs: elements) + takes
          + RandomHistories.calls("len", outputs: .integers(0...Int64(operations))),
        clients: clients, operations: operations, crashPercent: crashPercent))
  }
}

import Checking
import Histories

extension Audits {
  /// The monitors of histories with distinct values.
  static var monitors: [Audit] {
    [
      .monitor("register", histories: registerHistories, monitor: Monitor.register),
      .monitor("queue", histories: queueHistories.complete, monitor: Monitor.pool),
      .monitor(
        "queue, crashed", histories: queueHistories, monitor: Monitor.pool, mayDecline: true),
      .monitor("stack", histories: stackHistories.complete, monitor: Monitor.pool),
      .monitor(
        "stack, crashed", histories: stackHistories, monitor: Monitor.pool, mayDecline: true),
      .monitor(
        "priority queue", histories: priorityHistories(.highestFirst, count: 3).complete,
        monitor: Monitor.pool),
      .monitor(
        "priority queue, crashed", histories: priorityHistories(.lowestFirst, count: 1_000),
        monitor: Monitor.pool,
        mayDecline: true),
      .monitor("unordered queue", histories: bagHistories.complete, monitor: Monitor.pool),
      .monitor("set", histories: setHistories, monitor: Monitor.set, mayDecline: true),
      .monitor("mutex", histories: mutexHistories, monitor: Monitor.mutex),
      .monitor(
        "lease", histories: leaseHistories(expires: true), monitor: Monitor.lease, mayDecline: true),
      .monitor(
        "lease that never expires", histories: leaseHistories(expires: false),
        monitor: Monitor.lease,
        mayDecline: true),
    ]
  }

  /// The monitors beside the search, on histories of a few hundred operations.
  ///
  /// They take too long for thirty thousand histories each.
  public static var lengthy: [Audit] {
    [
      .lengthyMonitor("register", histories: registerHistories, monitor: Monitor.register),
      .lengthyMonitor("queue", histories: queueHistories, monitor: Monitor.pool),
      .lengthyMonitor("stack", histories: stackHistories, monitor: Monitor.pool),
      .lengthyMonitor(
        "priority queue", histories: priorityHistories(.highestFirst, count: 1_000),
        monitor: Monitor.pool),
      .lengthyMonitor("set", histories: setHistories, monitor: Monitor.set),
      .lengthyMonitor("mutex", histories: mutexHistories, monitor: Monitor.mutex),
      .lengthyMonitor("lease", histories: leaseHistories(expires: true), monitor: Monitor.lease),
    ]
  }

  private static var registerHistories: DistinctHistories<RegisterSpecification> {
    DistinctHistories(specification: RegisterSpecification(nilRead: .unknown)) { view, random in
      random.chance(40)
        ? .init(function: "write", input: view.fresh, result: .nothing)
        : .init(function: "read", result: .value)
    }
  }

  private static var queueHistories: DistinctHistories<PoolSpecification> {
    poolHistories(.firstInFirstOut, put: "enqueue", take: "dequeue") { value, _ in value }
  }

  private static var stackHistories: DistinctHistories<PoolSpecification> {
    poolHistories(.lastInFirstOut, put: "push", take: "pop") { value, _ in value }
  }

  private static var bagHistories: DistinctHistories<PoolSpecification> {
    poolHistories(.any, put: "enqueue", take: "dequeue") { value, _ in value }
  }

  /// Priority queues with so many different priorities.
  private static func priorityHistories(
    _ order: PoolSpecification.Order, count: Int
  ) -> DistinctHistories<PoolSpecification> {
    poolHistories(order, put: "insert", take: "poll") { value, random in
      .list([.integer(Int64(random.below(count))), value])
    }
  }

  private static func poolHistories(
    _ order: PoolSpecification.Order, put: String, take: String,
    element: @escaping @Sendable (Value, inout SplitMix) -> Value
  ) -> DistinctHistories<PoolSpecification> {
    DistinctHistories(specification: PoolSpecification(order)) { view, random in
      guard random.chance(45) else {
        return .init(function: random.chance(20) ? "peek" : take, result: .value)
      }
      return .init(function: put, input: element(view.fresh, &random), result: .nothing)
    }
  }

  private static var setHistories: DistinctHistories<SetSpecification> {
    DistinctHistories(specification: SetSpecification()) { view, random in
      guard random.chance(70), !view.known.isEmpty else {
        return .init(function: "add", input: view.fresh, result: .flag)
      }
      let function = ["remove", "contains", "contains", "add"][random.below(4)]
      let value = view.known[random.below(view.known.count)]
      return .init(function: function, input: value, result: .flag)
    }
  }

  private static var mutexHistories: DistinctHistories<MutexSpecification> {
    DistinctHistories(specification: MutexSpecification()) { view, _ in
      let isHolder = view.last?.call.function == "acquire"
      return .init(function: isHolder ? "release" : "acquire", result: .nothing)
    }
  }

  private static func leaseHistories(expires: Bool) -> DistinctHistories<LeaseSpecification> {
    DistinctHistories(specification: LeaseSpecification(expires: expires)) { view, random in
      switch (view.last?.call.function, view.last) {
      case ("acquire", let last?):
        return .init(
          function: random.chance(60) ? "release" : "renew", input: last.output, result: .nothing)
      case ("renew", let last?):
        return .init(function: "release", input: last.call.input, result: .nothing)
      default: return .init(function: "acquire", result: .token)
      }
    }
  }
}

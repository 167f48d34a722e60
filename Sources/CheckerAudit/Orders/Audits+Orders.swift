import Histories

extension Audits {
  /// The checkers of consistency levels below linearizability.
  static var orders: [Audit] {
    [
      .sessions(
        "two keys",
        RandomReplicas(
          clients: 2, operations: 8, writes: 3, writePercent: 40, crashPercent: 5,
          spoiltPercent: 60, hopPercent: 50)),
      .sessions(
        "one key",
        RandomReplicas(
          keys: [.text("x")], clients: 2, operations: 8, writePercent: 40, crashPercent: 5,
          spoiltPercent: 60, hopPercent: 50)),
      .kStaleness("two keys", loose(RandomReplicas(clients: 3, operations: 10, writes: 5))),
      .kStaleness(
        "repeated values", loose(RandomReplicas(keys: [.text("x")], operations: 8, valueCount: 3))),
      .deltaStaleness("events", loose(RandomReplicas(operations: 8))),
      .deltaStaleness(
        "times", loose(RandomReplicas(keys: [.text("x")], operations: 8, hasTimes: true))),
    ]
  }

  /// Replicas that learn late, so that many reads are stale.
  private static func loose(_ plan: RandomReplicas) -> RandomReplicas {
    var plan = plan
    (plan.replicas, plan.spreadPercent, plan.spoiltPercent, plan.hopPercent) = (3, 10, 35, 50)
    return plan
  }
}

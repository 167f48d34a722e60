import Histories

extension Audits {
  /// The checkers of consistency levels below linearizability.
  static var orders: [Audit] {
    sessions + staleness + prefixes + convergence
  }

  private static var sessions: [Audit] {
    [
      .sessions(
        "two keys",
        histories: RandomReplicas(
          clients: 2, operations: 7, writes: 3, writePercent: 40, crashPercent: 5,
          spoiltPercent: 90, hopPercent: 50)),
      .sessions(
        "one key",
        histories: RandomReplicas(
          keys: [.text("x")], clients: 2, operations: 7, writePercent: 40, crashPercent: 5,
          spoiltPercent: 60, hopPercent: 50)),
      .causal(
        "two keys",
        histories: RandomReplicas(
          operations: 8, writes: 3, writePercent: 40, crashPercent: 4, spoiltPercent: 90,
          hopPercent: 50)),
      .causal(
        "one key",
        histories: RandomReplicas(
          keys: [.text("x")], operations: 7, writePercent: 45, crashPercent: 4, spoiltPercent: 80,
          hopPercent: 50)),
    ]
  }

  private static var staleness: [Audit] {
    [
      .kStaleness("two keys", histories: loose(RandomReplicas(operations: 9, writes: 5))),
      .kStaleness(
        "repeated values",
        histories: loose(RandomReplicas(keys: [.text("x")], operations: 8, valueCount: 3))),
      .deltaStaleness("events", histories: loose(RandomReplicas(operations: 8))),
      .deltaStaleness(
        "times", histories: loose(RandomReplicas(keys: [.text("x")], operations: 8, hasTimes: true))
      ),
    ]
  }

  private static var prefixes: [Audit] {
    [
      .consistentPrefix(
        "snapshots",
        histories: RandomReplicas(
          content: .snapshots, operations: 12, writes: 4, spoiltPercent: 30, isInOrder: true)),
      .consistentPrefix(
        "snapshots in any order",
        histories: RandomReplicas(
          content: .snapshots, clients: 4, replicas: 4, operations: 15, writes: 4, writePercent: 45,
          crashPercent: 4, spoiltPercent: 5, spreadPercent: 30, hopPercent: 60)),
      .consistentPrefix(
        "lists",
        histories: RandomReplicas(
          content: .list, operations: 13, writes: 5, spoiltPercent: 25, isInOrder: true)),
    ]
  }

  private static var convergence: [Audit] {
    [
      .convergence(
        "registers",
        histories: RandomReplicas(replicas: 3, spoiltPercent: 4, finalReads: 2, settlePercent: 58)
      ),
      .convergence(
        "lists",
        histories: RandomReplicas(
          content: .list, clients: 2, spoiltPercent: 5, finalReads: 2, settlePercent: 35,
          hasTimes: true)),
      .convergence(
        "sets",
        histories: RandomReplicas(
          content: .set, keys: [.text("x")], spoiltPercent: 5, finalReads: 2, settlePercent: 40)),
    ]
  }

  /// Replicas that learn late, so that many reads are stale.
  private static func loose(_ plan: RandomReplicas) -> RandomReplicas {
    var plan = plan
    (plan.replicas, plan.spreadPercent, plan.spoiltPercent, plan.hopPercent) = (3, 10, 35, 50)
    return plan
  }
}

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
    ]
  }
}

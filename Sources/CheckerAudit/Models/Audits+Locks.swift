import Histories

extension Audits {
  static var locks: [Audit] {
    [mutex, reentrantMutex, semaphore, lease, eternalLease, crashedLease]
  }

  private static var mutex: Audit {
    .linearizability(
      "mutex",
      histories: RandomHistories(
        specification: MutexSpecification(),
        calls: RandomHistories.calls("acquire", outputs: .answers)
          + RandomHistories.calls("release", outputs: .answers)))
  }

  private static var reentrantMutex: Audit {
    .linearizability(
      "reentrant-mutex",
      histories: RandomHistories(
        specification: ReentrantMutexSpecification(),
        calls: RandomHistories.calls("acquire", outputs: .answers)
          + RandomHistories.calls("release", outputs: .answers), clients: 2, operations: 7,
        spoiltPercent: 20))
  }

  private static var semaphore: Audit {
    .linearizability(
      "semaphore",
      histories: RandomHistories(
        specification: SemaphoreSpecification(permits: 2),
        calls: RandomHistories.calls("acquire", inputs: .integers(1...2), outputs: .answers)
          + RandomHistories.calls("release", inputs: .integers(1...2), outputs: .answers)))
  }

  private static var lease: Audit { lease("lease", specification: LeaseSpecification()) }

  private static var eternalLease: Audit {
    lease("lease that never expires", specification: LeaseSpecification(expires: false))
  }

  /// So many acquisitions crash that most tokens are never told.
  private static var crashedLease: Audit {
    lease(
      "lease, mostly crashed", specification: LeaseSpecification(expires: false),
      tokens: .integers(0...1),
      operations: 8, crashPercent: 60)
  }

  private static func lease(
    _ name: String, specification: LeaseSpecification, tokens: [Value] = .integers(0...3),
    operations: Int = 6, crashPercent: Int = 25
  ) -> Audit {
    let acquire = RandomHistories<LeaseSpecification>.calls(
      "acquire", outputs: tokens + [.none], untold: .integers(4...9))
    return .linearizability(
      name,
      histories: RandomHistories(
        specification: specification,
        calls: acquire + acquire
          + RandomHistories.calls("renew", inputs: tokens, outputs: .answers)
          + RandomHistories.calls("release", inputs: tokens, outputs: .answers),
        operations: operations, crashPercent: crashPercent, spoiltPercent: 20))
  }
}

import Histories

extension Audits {
  /// What the generic search can do beyond judging one history of one object.
  static var searches: [Audit] {
    [
      .linearizability("swapped registers", histories: swappedRegisters(spoiltPercent: 15)),
      .minimization("cas-register", histories: registers(spoiltPercent: 60)),
      .minimization("swapped registers", histories: swappedRegisters(spoiltPercent: 60)),
      .minimization("stack", histories: stacks(spoiltPercent: 60)),
      .online("cas-register", histories: registers(spoiltPercent: 30)),
      .online("stack", histories: stacks(spoiltPercent: 30)),
    ]
  }

  private static let values: [Value] = [.integer(1), .integer(2)]

  private static func registers(spoiltPercent: Int) -> RandomHistories<RegisterSpecification> {
    RandomHistories(
      specification: RegisterSpecification(), calls: registerCalls(key: .none), operations: 7,
      spoiltPercent: spoiltPercent)
  }

  private static func stacks(spoiltPercent: Int) -> RandomHistories<TinyStack> {
    RandomHistories(
      specification: TinyStack(),
      calls: values.map { .init(function: "push", input: $0) } + [
        .init(function: "pop", outputs: values + [.none])
      ], operations: 7, spoiltPercent: spoiltPercent)
  }

  private static func swappedRegisters(
    spoiltPercent: Int
  ) -> RandomHistories<SwapSpecification> {
    let singles = SwapSpecification.keys.flatMap { key in
      [.init(function: "read", key: key, outputs: [.none] + values)]
        + values.map {
          RandomHistories<SwapSpecification>.Call(function: "write", key: key, input: $0)
        }
    }
    let swaps = [(0, 1), (0, 1), (2, 3), (2, 3), (1, 2)].map { left, right in
      RandomHistories<SwapSpecification>.Call(
        function: "swap",
        input: .list([SwapSpecification.keys[left], SwapSpecification.keys[right]]))
    }
    return RandomHistories(
      specification: SwapSpecification(), calls: singles + swaps, clients: 4, operations: 7,
      spoiltPercent: spoiltPercent)
  }
}

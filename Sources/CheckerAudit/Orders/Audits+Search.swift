import Histories

extension Audits {
  /// What the generic search can do beyond judging one history of one object.
  static var searches: [Audit] { [swappedRegisters] }

  private static var swappedRegisters: Audit {
    let values: [Value] = [.integer(1), .integer(2)]
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
    return .linearizability(
      "swapped registers",
      RandomHistories(
        specification: SwapSpecification(), calls: singles + swaps, clients: 4, operations: 7))
  }
}

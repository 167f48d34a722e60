import Histories

extension Audits {
  /// The searches for linearizations, model by model.
  static var models: [Audit] {
    [registers, crashedRegisters, keyValue, sets, nondeterministicRegisters]
  }

  private static var registers: Audit {
    .linearizability(
      "cas-register",
      RandomHistories(specification: RegisterSpecification(), calls: registerCalls(key: .none)))
  }

  private static var crashedRegisters: Audit {
    .linearizability(
      "cas-register, mostly crashed",
      RandomHistories(
        specification: RegisterSpecification(), calls: registerCalls(key: .none), clients: 5,
        crashPercent: 80, spoiltPercent: 30))
  }

  private static var keyValue: Audit {
    .linearizability(
      "key-value",
      RandomHistories(
        specification: ProductSpecification(RegisterSpecification()),
        calls: registerCalls(key: .text("x")) + registerCalls(key: .text("y"))))
  }

  private static var sets: Audit {
    let elements = (1...2).map { Value.integer($0) }
    let contents: [Value] = [
      .list([]), .list([elements[0]]), .list([elements[1]]), .list(elements),
    ]
    return .linearizability(
      "set",
      RandomHistories(
        specification: SetSpecification(),
        calls: elements.map { .init(function: "add", input: $0) } + [
          .init(function: "read", outputs: contents)
        ]))
  }

  private static var nondeterministicRegisters: Audit {
    let lists = [[], [1], [2], [1, 2]].map { Value.list($0.map { .integer($0) }) }
    return .linearizability(
      "nondeterministic-register",
      RandomHistories(
        specification: NondeterministicRegisterSpecification(),
        calls: [
          .init(function: "put-any", input: lists[3]), .init(function: "put-any", input: lists[1]),
          .init(function: "get-any", outputs: lists), .init(function: "get-all", outputs: lists),
        ]))
  }

  /// Calls of a register that may hold 1, 2 or nothing.
  static func registerCalls<Specification>(
    key: Value
  ) -> [RandomHistories<Specification>.Call] {
    let values: [Value] = [.integer(1), .integer(2)]
    let everything = [.none] + values
    return [.init(function: "read", key: key, outputs: everything)]
      + values.map { .init(function: "write", key: key, input: $0) }
      + [(0, 1), (1, 2), (2, 1), (1, 1)].map {
        .init(
          function: "cas", key: key, input: .list([everything[$0], everything[$1]]),
          outputs: [.none, .boolean(false)])
      }
  }
}

import Histories

extension Audits {
  static var registers: [Audit] {
    [register, crashedRegister, keyValue, multiRegister, textStore, nondeterministicRegister]
  }

  private static var register: Audit {
    .linearizability(
      "cas-register",
      histories: RandomHistories(
        specification: RegisterSpecification(), calls: registerCalls(key: .none)))
  }

  private static var crashedRegister: Audit {
    .linearizability(
      "cas-register, mostly crashed",
      histories: RandomHistories(
        specification: RegisterSpecification(), calls: registerCalls(key: .none), clients: 5,
        crashPercent: 80, spoiltPercent: 60))
  }

  private static var keyValue: Audit {
    .linearizability(
      "key-value",
      histories: RandomHistories(
        specification: ProductSpecification(RegisterSpecification()),
        calls: registerCalls(key: .text("x")) + registerCalls(key: .text("y"))))
  }

  /// Calls of a register that may hold 1, 2 or nothing.
  static func registerCalls<Specification>(
    key: Value
  ) -> [RandomHistories<Specification>.Call] {
    let values: [Value] = [.integer(1), .integer(2)]
    let everything = [.none] + values
    let pairs = [(0, 1), (1, 2), (2, 1), (1, 1)].map { (expected, new) -> Value in
      .list([everything[expected], everything[new]])
    }
    return RandomHistories.calls("read", key: key, outputs: everything)
      + RandomHistories.calls("write", key: key, inputs: values)
      + RandomHistories.calls("cas", key: key, inputs: pairs, outputs: [.none, .boolean(false)])
  }

  private static var textStore: Audit {
    let texts = ["", "a", "b", "aa", "ab", "ba", "bb"].map { Value.text($0) }
    return .linearizability(
      "kv-string",
      histories: RandomHistories(
        specification: TextStoreSpecification(),
        calls: RandomHistories.calls("get", outputs: texts)
          + RandomHistories.calls("get", outputs: texts)
          + RandomHistories.calls("put", inputs: Array(texts[..<2]))
          + RandomHistories.calls("append", inputs: Array(texts[..<3])), spoiltPercent: 60))
  }

  private static var multiRegister: Audit {
    .linearizability(
      "multi-register",
      histories: RandomHistories(
        specification: MultiRegisterSpecification(),
        calls: [
          transaction("r x"), transaction("r x", "r y"), transaction("r x", "w x 1", "r x"),
          transaction("w x 1", "w y 2"), transaction("w x 2", "w y 1"), transaction("w y 2"),
          transaction("r x", "w y 1"), transaction("r y", "w x 2"),
        ]))
  }

  /// A transaction of steps such as `r x` and `w y 2`, with everything that it could read.
  private static func transaction<Specification>(
    _ steps: String...
  ) -> RandomHistories<Specification>.Call {
    let values: [Value] = [.none, .integer(1), .integer(2)]
    var outputs: [[Value]] = [[]]
    var input: [Value] = []
    for step in steps {
      let words = step.split(separator: " ").map(String.init)
      let written = words.count == 3 ? Int64(words[2]).map { Value.integer($0) } : nil
      let begin: [Value] = [.keyword(words[0]), .keyword(words[1])]
      input.append(.list(begin + [written ?? .none]))
      let results = written.map { [$0] } ?? values
      outputs = outputs.flatMap { earlier in results.map { earlier + [.list(begin + [$0])] } }
    }
    return RandomHistories.Call(
      function: "txn", input: .list(input), outputs: outputs.map { .list($0) })
  }

  private static var nondeterministicRegister: Audit {
    let lists = [[], [1], [2], [1, 2]].map { Value.list($0.map { .integer($0) }) }
    return .linearizability(
      "nondeterministic-register",
      histories: RandomHistories(
        specification: NondeterministicRegisterSpecification(),
        calls: RandomHistories.calls("put-any", inputs: [lists[3], lists[1]])
          + RandomHistories.calls("get-any", outputs: lists)
          + RandomHistories.calls("get-all", outputs: lists), spoiltPercent: 50))
  }
}

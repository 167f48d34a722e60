import Determinism
import Histories
import Testing

@testable import Checking

/// The checker and its brute-force twin judge the same random histories.
struct AgainstBruteForceTests {
  @Test func `cas registers with crashes are judged as brute force judges them`() throws {
    try compare(
      RandomHistories(specification: RegisterSpecification(), calls: registerCalls(key: .none)),
      seeds: 1...14_000)
  }

  @Test func `crashed operations alone are judged as brute force judges them`() throws {
    try compare(
      RandomHistories(
        specification: RegisterSpecification(), calls: registerCalls(key: .none), clients: 5,
        crashPercent: 80, spoiltPercent: 30),
      seeds: 100_001...103_000)
  }

  @Test func `key-value stores are judged as brute force judges them`() throws {
    try compare(
      RandomHistories(
        specification: ProductSpecification(RegisterSpecification()),
        calls: registerCalls(key: .text("x")) + registerCalls(key: .text("y"))),
      seeds: 200_001...202_000)
  }

  @Test func `sets are judged as brute force judges them`() throws {
    let elements = (1...2).map { Value.integer($0) }
    let contents: [Value] = [
      .list([]), .list([elements[0]]), .list([elements[1]]), .list(elements),
    ]
    try compare(
      RandomHistories(
        specification: SetSpecification(),
        calls: elements.map { .init(function: "add", input: $0) } + [
          .init(function: "read", outputs: contents)
        ]),
      seeds: 300_001...302_000)
  }

  @Test func `nondeterministic registers are judged as brute force judges them`() throws {
    let lists = [[], [1], [2], [1, 2]].map { Value.list($0.map { .integer($0) }) }
    try compare(
      RandomHistories(
        specification: NondeterministicRegisterSpecification(),
        calls: [
          .init(function: "put-any", input: lists[3]), .init(function: "put-any", input: lists[1]),
          .init(function: "get-any", outputs: lists), .init(function: "get-all", outputs: lists),
        ]),
      seeds: 400_001...402_000)
  }

  @Test func `judging key by key and judging all keys together agree`() throws {
    let histories = RandomHistories(
      specification: ProductSpecification(RegisterSpecification()),
      calls: registerCalls(key: .text("x")) + registerCalls(key: .text("y")), clients: 5,
      operations: 20)
    for seed: UInt64 in 500_001...501_000 {
      let history = try histories.make(seed: seed)
      let together = try LinearizabilityChecker(histories.specification).check(history)
      let apart = try LinearizabilityChecker(RegisterSpecification()).check(history)
      #expect((together.linearization == nil) == (apart.linearization == nil), "seed \(seed)")
    }
  }

  private func registerCalls<Specification>(
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

/// Judges each history both ways, and holds every verdict to its evidence.
private func compare<Specification>(
  _ histories: RandomHistories<Specification>, seeds: ClosedRange<UInt64>
) throws {
  let checker = LinearizabilityChecker(histories.specification)
  let verifier = LinearizationVerifier(histories.specification)
  let twin = BruteForceLinearizability(specification: histories.specification)
  var validCount = 0
  for seed in seeds {
    let history = try histories.make(seed: seed)
    switch try checker.check(history) {
    case .valid(let linearization):
      validCount += 1
      let complaint = try verifier.complaint(about: linearization, of: history)
      #expect(complaint == nil, "seed \(seed)")
    case .invalid(let explanation):
      let before = try twin.isLinearizable(history, before: explanation.event)
      #expect(before, "seed \(seed): the prefix should be valid")
      let after = try twin.isLinearizable(history, before: explanation.event + 1)
      #expect(!after, "seed \(seed): the named completion should be impossible")
    case .unknown:
      Issue.record("seed \(seed): a small history should be decided")
    }
    let isLinearizable = try twin.isLinearizable(history)
    #expect((try checker.check(history).linearization == nil) == !isLinearizable, "seed \(seed)")
  }
  let total = seeds.count
  #expect(validCount > total / 4 && validCount < total, "\(validCount) of \(total) are valid")
}

import Histories
import Testing

@testable import CheckerAudit
@testable import Checking

/// Every checker and its definition judge the same random histories; `orrery doctor checkers` runs
/// many more of them.
struct AgainstBruteForceTests {
  @Test(arguments: Audits.all.map(\.name))
  func `the checker agrees with its definition`(name: String) throws {
    let audit = try #require(Audits.all.first { $0.name == name })
    let seeds: ClosedRange<UInt64> = 1...80
    var validCount = 0
    for seed in seeds {
      let comparison = try audit.compare(seed)
      #expect(comparison.mismatch == nil, "seed \(seed)")
      if comparison.isValid { validCount += 1 }
    }
    let share = validCount * 100 / seeds.count
    #expect((10...95).contains(share), "\(share) % of the histories are valid")
  }

  @Test func `judging key by key and judging all keys together agree`() throws {
    let histories = RandomHistories(
      specification: ProductSpecification(RegisterSpecification()),
      calls: Audits.registerCalls(key: .text("x")) + Audits.registerCalls(key: .text("y")),
      clients: 5, operations: 20)
    for seed: UInt64 in 500_001...501_000 {
      let history = try histories.make(seed: seed)
      let together = try LinearizabilityChecker(histories.specification).check(history)
      let apart = try LinearizabilityChecker(RegisterSpecification()).check(history)
      #expect((together.linearization == nil) == (apart.linearization == nil), "seed \(seed)")
    }
  }

  @Test func `judging each identifier apart and all together agree`() throws {
    let histories = RandomHistories(
      specification: ProductSpecification(UniqueIDSpecification()),
      calls: [.init(function: "generate", outputs: (0..<30).map { .integer($0) })],
      clients: 5, operations: 20, spoiltPercent: 5)
    for seed: UInt64 in 500_001...500_200 {
      let history = try histories.make(seed: seed)
      let together = try LinearizabilityChecker(histories.specification).check(history)
      let apart = try LinearizabilityChecker(UniqueIDSpecification()).check(history)
      #expect((together.linearization == nil) == (apart.linearization == nil), "seed \(seed)")
    }
  }
}

import CheckerAudit
import Histories
import Testing

@testable import Checking

/// The histories to measure monitors by are what they promise to be.
struct LargeHistoriesTests {
  private static let count = 3_000

  @Test func `large histories are valid, and monitors show it without a search`() throws {
    try expectValid("register", LargeHistories.register)
    try expectValid("queue", LargeHistories.queue)
    try expectValid("stack", LargeHistories.stack)
    try expectValid("priority-queue", LargeHistories.priorityQueue)
  }

  private func expectValid(_ name: String, _ make: (Int, Int, UInt64) -> History) throws {
    let history = make(Self.count, 10, 1)
    #expect(history.operations.count == Self.count)
    let model = try #require(Models.named(name))
    let limits = SearchLimits(configurations: 1)
    let found = try #require(try model.check(history, limits: limits).linearization, "\(name)")
    #expect(try model.verify(found, history: history) == nil, "\(name)")
  }

  @Test func `a value that came too early is blamed, with few operations`() throws {
    var history = LargeHistories.stack(operations: Self.count, concurrency: 10, seed: 2)
    let push = { (value: Int64) in
      Invocation(process: ProcessID(99), function: "push", input: .integer(value))
    }
    for value: Int64 in [1_000_001, 1_000_002] {
      let id = history.invoke(push(value))
      history.complete(id, .ok(.none))
    }
    let pop = history.invoke(Invocation(process: ProcessID(99), function: "pop"))
    history.complete(pop, .ok(.integer(1_000_001)))
    let explanation = try #require(try Models.named("stack")?.check(history).explanation)
    #expect(explanation.operation == pop)
    #expect(explanation.completedBefore == Self.count + 2)
    #expect(
      explanation.conflict?.operations.map(\.position) == [
        Self.count, Self.count + 1, Self.count + 2,
      ])
  }
}

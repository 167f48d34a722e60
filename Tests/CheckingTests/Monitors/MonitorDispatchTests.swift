import CheckerAudit
import Determinism
import Histories
import Testing

@testable import Checking

/// Monitors take what they can off the search, and leave it what they cannot judge.
struct MonitorDispatchTests {
  private let mayNotSearch = SearchLimits(configurations: 1)

  @Test func `what no search can decide is decided where values are distinct`() throws {
    let concurrency = 500
    var history = History()
    let writes = (0..<concurrency).map { number in
      history.invoke(
        Invocation(
          process: ProcessID(Int64(number)), function: "write", input: .integer(Int64(number))))
    }
    for number in (0..<concurrency).reversed() {
      let read = history.invoke(Invocation(process: ProcessID(1_000), function: "read"))
      history.complete(read, .ok(.integer(Int64(number))))
    }
    for write in writes { history.complete(write, .ok(.none)) }
    let model = try #require(Models.named("register"))
    let found = try #require(try model.check(history, limits: mayNotSearch).linearization)
    #expect(try model.verify(found, history: history) == nil)
    let again = history.invoke(Invocation(process: ProcessID(1_000), function: "read"))
    history.complete(again, .ok(.integer(7)))
    let explanation = try #require(try model.check(history, limits: mayNotSearch).explanation)
    #expect(explanation.operation == again)
    #expect(explanation.completedBefore == 2 * concurrency)
    #expect(explanation.linearization.count == 2 * concurrency)
  }

  @Test func `keys with compare-and-sets are searched, the others are not`() throws {
    let history = try scriptedHistory(
      """
      0: write x 1...
      1: write y 1
      1: cas y [1 2]
      1: read y 2
      2: read x 1
      0: ok nil
      """)
    let model = try #require(Models.named("key-value"))
    let found = try #require(try model.check(history).linearization)
    #expect(found.partitions.map(\.key) == [.text("x"), .text("y")])
    #expect(found.partitions.map { $0.order.map(\.position) } == [[0, 4], [1, 2, 3]])
    #expect(try model.verify(found, history: history) == nil)
    guard case .unknown(let limit) = try model.check(history, limits: mayNotSearch) else {
      Issue.record("one configuration is not enough for y")
      return
    }
    #expect(limit.key == .text("y"))
    #expect(limit.undecidedPartitions == 1)
  }

  @Test func `a wrong key is found although another cannot be judged by a monitor`() throws {
    let history = try scriptedHistory(
      """
      1: cas y [nil 2]
      0: write x 1
      0: read x nil
      """)
    let model = try #require(Models.named("key-value"))
    let explanation = try #require(try model.check(history, limits: mayNotSearch).explanation)
    #expect(explanation.key == .text("x"))
    #expect(explanation.conflict?.operations.map(\.position) == [1, 2])
  }

  @Test func `an operation of another model is an error, whatever else is wrong`() throws {
    let history = try scriptedHistory("0: write x 1\n0: read x 2\n1: cas y [1 2]")
    let register = try #require(Models.named("register"))
    #expect(throws: SpecificationError.self) { try register.check(history) }
  }

  @Test func `a value written twice is left to the search`() throws {
    let history = try scriptedHistory("0: write - 1\n0: write - 2\n0: write - 1\n0: read - 1")
    let model = try #require(Models.named("register"))
    #expect(try model.check(history).linearization != nil)
    guard case .unknown = try model.check(history, limits: mayNotSearch) else {
      Issue.record("the monitor should not have answered")
      return
    }
  }

  @Test func `short histories keep the states that the search knows`() throws {
    let history = try scriptedHistory("0: write - 1\n0: write - 2\n1: read - 1")
    let explanation = try #require(try Models.named("register")?.check(history).explanation)
    #expect(explanation.possibleStates == ["2"])
    #expect(explanation.conflict?.operations.map(\.position) == [0, 1, 2])
  }

  @Test(arguments: Audits.lengthy.map(\.name))
  func `on long histories monitors and the search agree`(name: String) throws {
    let audit = try #require(Audits.lengthy.first { $0.name == name })
    for seed: UInt64 in 1...8 {
      #expect(try audit.compare(seed).mismatch == nil, "seed \(seed)")
    }
  }
}

import Checking
import Determinism
import Histories
import Testing

@testable import Consensus
@testable import Locks
@testable import Workloads

/// How histories of critical sections are judged: a bad history for every anomaly.
struct CriticalSectionTests {
  private func history(_ steps: [(function: String, input: Value, result: Completion)]) -> History {
    var history = History()
    for step in steps {
      let kind = step.function == "increment" ? "file/a" : "lock/a"
      let id = history.invoke(
        Invocation(
          process: ProcessID(1), function: step.function, key: .text(kind), input: step.input))
      history.complete(id, step.result)
    }
    return history
  }

  private func increments(_ results: Completion...) -> History {
    history(results.map { ("increment", .none, $0) })
  }

  private func anomaly(_ history: History) -> String? {
    CriticalSectionWorkload().checkCounters(history).anomalies.first?.name
  }

  @Test func `increments one after the other are fine, gaps for unknown ones included`() {
    #expect(anomaly(increments(.ok(.integer(1)), .ok(.integer(2)))) == nil)
    #expect(anomaly(increments(.ok(.integer(1)), .info, .ok(.integer(3)))) == nil)
    #expect(anomaly(increments(.fail, .info, .ok(.integer(1)))) == nil)
  }

  @Test func `two increments with one result are a lost update`() {
    #expect(anomaly(increments(.ok(.integer(1)), .ok(.integer(1)))) == "lost-update")
  }

  @Test func `a counter that goes back in time is noticed`() {
    let history = increments(.ok(.integer(2)), .info, .ok(.integer(1)))
    #expect(anomaly(history) == "counter-went-back")
  }

  @Test func `a counter above its increments is noticed`() {
    #expect(anomaly(increments(.ok(.integer(1)), .ok(.integer(3)))) == "phantom-update")
  }

  @Test func `results of concurrent increments may come in any order`() {
    var history = History()
    let call = Invocation(process: ProcessID(1), function: "increment", key: .text("file/a"))
    let (first, second) = (history.invoke(call), history.invoke(call))
    history.complete(first, .ok(.integer(2)))
    history.complete(second, .ok(.integer(1)))
    #expect(anomaly(history) == nil)
  }

  private func isStuck(waitingSince begun: UInt64, released: UInt64?) -> Bool {
    var history = History()
    let release = history.invoke(
      Invocation(process: ProcessID(1), function: "release", key: .text("lock/a")),
      at: Instant(nanosecondsSinceStart: 5))
    _ = history.invoke(
      Invocation(process: ProcessID(2), function: "acquire", key: .text("lock/a")),
      at: Instant(nanosecondsSinceStart: begun))
    if let released {
      history.complete(release, .ok(.boolean(true)), at: Instant(nanosecondsSinceStart: released))
    }
    let end = Instant(nanosecondsSinceStart: 1_000)
    return CriticalSectionWorkload().checkProgress(history, until: end, within: Nanoseconds(500))
      .outcome == .invalid
  }

  @Test func `a lock that somebody waits for and nothing happens to is stuck`() {
    #expect(isStuck(waitingSince: 100, released: nil))
    #expect(isStuck(waitingSince: 100, released: 400))
    #expect(!isStuck(waitingSince: 100, released: 600))
    #expect(!isStuck(waitingSince: 600, released: nil))
  }

  private func isLinearizable(
    _ steps: [(function: String, input: Value, result: Completion)]
  ) throws -> Bool {
    try CriticalSectionWorkload.checkLocks(history(steps)).outcome == .valid
  }

  @Test func `tokens grow, and leases may expire unseen`() throws {
    #expect(
      try isLinearizable([
        ("acquire", .none, .ok(.integer(1))),
        ("release", .integer(1), .ok(.boolean(true))),
        ("acquire", .none, .info),
        ("acquire", .none, .ok(.integer(3))),
        ("acquire", .none, .ok(.integer(4))),
        ("release", .integer(3), .ok(.boolean(false))),
        ("increment", .none, .fail),
        ("release", .integer(4), .ok(.boolean(true))),
      ]))
  }

  @Test func `a token that was given out before is noticed`() throws {
    #expect(
      try !isLinearizable([
        ("acquire", .none, .ok(.integer(2))), ("acquire", .none, .ok(.integer(2))),
      ]))
  }

  @Test func `a release of an older token must be refused`() throws {
    #expect(
      try !isLinearizable([
        ("acquire", .none, .ok(.integer(1))), ("acquire", .none, .ok(.integer(2))),
        ("release", .integer(1), .ok(.boolean(true))),
      ]))
  }

  @Test func `nothing is released twice`() throws {
    #expect(
      try !isLinearizable([
        ("acquire", .none, .ok(.integer(1))), ("release", .integer(1), .ok(.boolean(true))),
        ("release", .integer(1), .ok(.boolean(true))),
      ]))
  }

  @Test func `a function that no lock has is an error that says so`() {
    #expect(throws: SpecificationError.self) {
      try isLinearizable([("steal", .none, .ok(.none))])
    }
  }
}

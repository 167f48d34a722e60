import Checking
import Determinism
import Histories
import ProtocolKit
import Testing

@testable import Consensus
@testable import Locks
@testable import Workloads

/// How histories of recipes are judged: a bad history for every anomaly.
struct RecipeCheckerTests {
  private typealias Step = (function: String, input: [Int64], result: Completion)

  /// Operations one after the other, ten milliseconds each.
  private func history(_ steps: [Step]) -> History {
    var history = History()
    for (number, step) in steps.enumerated() {
      let begun = Instant.start + .milliseconds(10) * Int64(number)
      let id = history.invoke(
        Invocation(
          process: ProcessID(1), function: step.function, key: .text("it"),
          input: .list(step.input.map { .integer($0) })), at: begun)
      history.complete(id, step.result, at: begun + .milliseconds(10))
    }
    return history
  }

  private func act(_ epoch: Int64, _ leader: Int64, _ result: Completion = .ok(.none)) -> Step {
    ("act", [epoch, leader], result)
  }

  private func leaders(_ steps: Step...) -> String? {
    RecipeWorkload.checkLeaders(history(steps)).anomalies.first?.name
  }

  @Test func `one leader after the other is fine, whatever became of refused actions`() {
    #expect(leaders(act(1, 0), act(1, 0), act(3, 1), act(1, 0, .info), act(4, 0)) == nil)
  }

  @Test func `two leaders of one epoch are noticed`() {
    #expect(leaders(act(1, 0), act(1, 1)) == "two-leaders-in-one-epoch")
  }

  @Test func `an action of a leader of the past is noticed`() {
    #expect(leaders(act(2, 0), act(1, 1)) == "deposed-leader-acted")
  }

  @Test(arguments: [(Int64(40), true), (50, false)])
  func `an office that is empty for too long is noticed`(bound: Int64, isTooLong: Bool) {
    let idle = [Step](repeating: ("release", [1], .ok(.boolean(true))), count: 4)
    let history = history([act(1, 0)] + idle + [act(2, 0)])
    let checker = ElectionChecker(history)
    let end = Instant.start + .milliseconds(80)
    let vacancy = checker.vacancy(from: .start, until: end, longest: .milliseconds(bound))
    #expect((vacancy?.name == "office-empty-for-too-long") == isTooLong)
    #expect(checker.vacancy(from: .start, until: end, longest: .milliseconds(9)) != nil)
  }

  private func barrier(_ steps: Step...) -> String? {
    var workload = RecipeWorkload(.barrier)
    workload.clients = 2
    return workload.checkBarrier(history(steps)).anomalies.first?.name
  }

  @Test func `a barrier that opens for the first alone is noticed`() {
    let open = Completion.ok(.integer(1))
    #expect(barrier(("enter", [0, 1], open), ("enter", [1, 1], open)) == "barrier-passed-early")
    #expect(barrier(("enter", [0, 1], .info), ("enter", [1, 1], open)) == nil)
  }

  @Test func `a round that begins before all have left the last one is noticed`() {
    let rest: [Step] = [("enter", [0, 1], .info), ("enter", [1, 1], .ok(.integer(1)))]
    #expect(
      barrier(rest[0], rest[1], ("leave", [0, 1], .info), ("enter", [0, 2], .info))
        == "barrier-passed-early")
    #expect(
      barrier(
        rest[0], rest[1], ("leave", [0, 1], .info), ("leave", [1, 1], .info),
        ("enter", [0, 2], .info)) == nil)
  }

  private func names(_ steps: [(String, [Value], Completion)]) throws -> Bool {
    var history = History()
    for (function, input, result) in steps {
      let id = history.invoke(
        Invocation(
          process: ProcessID(1), function: function, key: .text("name/a"), input: .list(input)))
      history.complete(id, result)
    }
    return try RecipeWorkload.checkNames(history).outcome == .valid
  }

  private func claim(
    _ user: Int64, isReserving: Bool = false, _ owner: Int64, since version: Int64
  ) -> (String, [Value], Completion) {
    (
      "claim", [.integer(user), .boolean(isReserving)],
      .ok(.list([.integer(owner), .integer(version)]))
    )
  }

  private func release(
    _ user: Int64, since version: Int64, _ isDone: Bool
  ) -> (String, [Value], Completion) {
    ("release", [.integer(user), .integer(version)], .ok(.boolean(isDone)))
  }

  @Test func `a name goes from hand to hand by release or expiry`() throws {
    #expect(
      try names([
        claim(1, 1, since: 1), claim(2, 1, since: 1), release(1, since: 1, true),
        ("lookup", [], .ok(.none)), claim(2, isReserving: true, 2, since: 3),
        claim(1, 1, since: 4), release(2, since: 3, false),
      ]))
  }

  @Test func `a name with two owners is noticed`() throws {
    #expect(try !names([claim(1, 1, since: 1), claim(2, 2, since: 2)]))
  }

  @Test func `an acknowledged claim that was lost is noticed`() throws {
    #expect(try !names([claim(1, 1, since: 1), ("lookup", [], .ok(.none))]))
    #expect(try !names([claim(1, 1, since: 1), release(1, since: 1, false)]))
  }

  @Test func `watchers that skip, go back, disagree or fall behind are noticed`() {
    func property(_ adoptions: [(NodeID, Adoption)], promised: UInt64? = nil) -> String? {
      var rules = WatchRules(bound: .seconds(1))
      do throws(InvariantViolation) {
        if let promised { rules.promise(promised, at: .start) }
        for (node, adoption) in adoptions { try rules.observe(adoption, by: node) }
        try rules.judgeEnd(at: .start + .seconds(2), watchers: [NodeID(1)])
        return nil
      } catch {
        return error.property
      }
    }
    let (one, other) = (NodeID(1), NodeID(2))
    let first = Adoption(version: 1, value: 7, isRead: true)
    let second = Adoption(version: 2, value: 8, isRead: false)
    #expect(property([(one, first), (one, second)], promised: 2) == nil)
    #expect(property([(one, first)], promised: 2) == "watch-delivers")
    #expect(property([(one, first), (one, second), (one, first)]) == "watch-in-order")
    #expect(
      property([(one, first), (one, Adoption(version: 3, value: 9, isRead: false))])
        == "watch-gapless")
    #expect(
      property([
        (one, first), (one, second), (other, first),
        (other, Adoption(version: 2, value: 9, isRead: false)),
      ]) == "watch-agreement")
  }
}

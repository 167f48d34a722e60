import Determinism
import Histories
import Testing

@testable import CheckerAudit
@testable import Checking

/// Reads show past states of one order of writes, however old.
struct ConsistentPrefixTests {
  @Test func `old and unsteady reads of one list are prefixes all the same`() throws {
    let assessment = try checkScript(
      "consistent-prefix",
      """
      0: append x 1
      1: append x 2
      2: read x [2 1]
      2: read x [2]
      2: read x nil
      2: read x []
      """)
    #expect(assessment.outcome == .valid)
    #expect(assessment.fact("prefix-reads") == .integer(4))
    let order = try #require(assessment.linearization?.partitions.first?.order)
    #expect(order.filter { $0.position < 2 }.map(\.position) == [1, 0])
    #expect(order.last == OperationID(2))
  }

  @Test func `two reads that list in different orders fork`() throws {
    let assessment = try checkScript(
      "consistent-prefix",
      """
      0: append x 1
      1: append x 2
      2: read x [1 2]
      3: read x [2]
      """)
    #expect(assessment.anomalies.map(\.name) == ["forked-list"])
    #expect(assessment.anomalies[0].key == .text("x"))
    #expect(assessment.culprits == [[2, 3]])
    #expect(
      assessment.anomalies[0].text
        == "neither of read [2] of key \"x\" and read [1 2] of key \"x\" is a prefix of the other")
  }

  @Test func `a process's appends keep their order`() throws {
    let swapped = try checkScript(
      "consistent-prefix", "0: append x 1\n0: append x 2\n1: read x [2 1]")
    #expect(swapped.anomalies.map(\.name) == ["inconsistent-prefix"])
    #expect(swapped.culprits == [[0, 1, 2]])
    #expect(
      swapped.anomalies[0].text == """
        a cycle: append 1 of key "x" precedes append 2 of key "x" in the history; append 2 of key \
        "x" comes right before append 1 of key "x" in read [2 1] of key "x"
        """)
    let skipped = try checkScript(
      "consistent-prefix", "0: append x 1\n0: append x 2\n1: read x [2]")
    #expect(skipped.culprits == [[0, 1, 2]])
  }

  @Test func `orders of different lists must fit together`() throws {
    let script = """
      0: append x 1
      1: append y 2
      2: read y [2]
      2: read x []
      3: txn - [[:r "x" []] [:r "y" [2]]]
      """
    #expect(try checkScript("consistent-prefix", script).outcome == .valid)
    let forked = try checkScript(
      "consistent-prefix", script + "\n4: txn - [[:r \"x\" [1]] [:r \"y\" []]]")
    #expect(forked.culprits == [[0, 1, 4, 5]])
  }

  @Test func `real time orders the writes of different processes if it should`() throws {
    let script = "0: append x 1\n1: append x 2\n2: read x [2]"
    #expect(try checkScript("consistent-prefix", script).outcome == .valid)
    let assessment = try checkScript("consistent-prefix?order=real-time", script)
    #expect(assessment.culprits == [[0, 1, 2]])
  }

  @Test func `a read sees nothing that its process writes later`() throws {
    let script = "0: append x 1\n1: read x [1 2]\n1: append x 2"
    #expect(try checkScript("consistent-prefix", script).culprits == [[1, 2]])
    let other = "0: append x 1\n1: read x [1 2]\n2: append x 2"
    #expect(try checkScript("consistent-prefix", other).outcome == .valid)
    #expect(
      try checkScript("consistent-prefix?order=real-time", other).culprits == [[1, 2]])
  }

  @Test func `snapshots that saw two writes in opposite orders contradict each other`() throws {
    let assessment = try checkScript(
      "consistent-prefix",
      """
      0: write x 1
      1: write y 2
      2: txn - [[:r "x" 1] [:r "y" nil]]
      3: txn - [[:r "x" nil] [:r "y" 2]]
      """)
    #expect(assessment.anomalies.map(\.name) == ["inconsistent-prefix"])
    #expect(assessment.culprits == [[0, 1, 2, 3]])
  }

  @Test func `a snapshot may not mix two transactions`() throws {
    let script = """
      0: txn - [[:w "x" 1] [:w "y" 1]]
      0: txn - [[:w "x" 2] [:w "y" 2]]
      """
    let torn = try checkScript(
      "consistent-prefix", script + "\n1: txn - [[:r \"x\" 2] [:r \"y\" 1]]")
    #expect(torn.outcome == .invalid)
    #expect(torn.culprits == [[0, 1, 2]])
    let whole = try checkScript(
      "consistent-prefix", script + "\n1: txn - [[:r \"x\" 1] [:r \"y\" 1]]")
    #expect(whole.outcome == .valid)
  }

  @Test func `where no read shows the order of writes both sides are tried`() throws {
    let script = """
      0: txn - [[:w "x" 2]]
      1: txn - [[:w "y" 3]]
      2: txn - [[:w "y" 4]]
      3: txn - [[:w "x" 5]]
      4: txn - [[:r "y" 3] [:r "x" 5]]
      4: txn - [[:r "y" 3] [:r "x" 2]]
      4: txn - [[:r "y" 4] [:r "x" 5]]
      """
    #expect(try checkScript("consistent-prefix", script).outcome == .valid)
    let assessment = try checkScript(
      "consistent-prefix", script + "\n4: txn - [[:r \"y\" 4] [:r \"x\" 2]]")
    #expect(assessment.anomalies.map(\.name) == ["inconsistent-prefix"])
    #expect(assessment.culprits[0].count == 3)
    #expect(assessment.anomalies[0].text.hasSuffix("either way other reads contradict"))
  }

  @Test(arguments: [
    // A write must lie behind a read, which shows only once the other side was tried.
    """
    6: txn - [[:r "y" nil]]
    2: txn - [[:w "x" 1]]
    4: txn - [[:w "y" 2] [:w "x" 3]]
    6: txn - [[:r "x" 1]]
    0: txn - [[:w "y" 5]]
    7: txn - [[:w "z" 7]]
    6: txn - [[:w "x" 8] [:w "z" 9]]
    5: txn - [[:r "y" 2] [:r "z" 7]]
    5: txn - [[:r "y" 2] [:r "z" 9]]
    6: txn - [[:r "y" 5] [:r "z" 7]]
    2: txn - [[:r "x" 8] [:r "y" 5]]
    """,
    // And here it must lie before the write that the read saw.
    """
    4: txn - [[:w "z" 1]]
    2: txn - [[:w "x" 2] [:w "z" 3]]
    2: txn - [[:w "x" 4]]
    5: txn - [[:w "y" 6]]
    1: txn - [[:w "y" 7]]
    4: txn - [[:w "z" 8]]
    3: txn - [[:w "y" 9]]
    5: txn - [[:r "x" 4] [:r "y" 7]]
    2: txn - [[:r "y" 7] [:r "z" 8]]
    5: txn - [[:r "y" 9] [:r "z" 3]]
    3: txn - [[:r "y" 9] [:r "z" 8]]
    """,
  ])
  func `both sides of a read may have to be tried`(script: String) throws {
    #expect(try checkScript("consistent-prefix", script).outcome == .valid)
    let history = try scriptedHistory(script)
    #expect(BruteForcePrefix(history, isRealTime: false).isValid)
  }

  @Test func `a search that may not go on says so`() throws {
    let history = try scriptedHistory("0: write x 1\n1: write x 2\n2: read x 1")
    let checker = try #require(Checkers.named("consistent-prefix"))
    #expect(try checker.check(history).outcome == .valid)
    for limits in [SearchLimits(configurations: 2), SearchLimits(bytes: 8)] {
      guard case .unknown(let advice) = try checker.check(history, limits: limits).outcome else {
        Issue.record("\(limits) should not be enough")
        return
      }
      #expect(advice.hasPrefix("the order of writes stays open"))
    }
  }

  @Test func `reads of single registers prove nothing, and the answer says so`() throws {
    let assessment = try checkScript(
      "consistent-prefix", "0: write x 1\n0: write y 2\n1: read y 2\n1: read x nil")
    #expect(assessment.outcome == .valid)
    #expect(assessment.fact("unobservable") == .list([.keyword("consistent-prefix")]))
  }

  @Test func `elements from nowhere, from failures and read twice are wrong`() throws {
    let assessment = try checkScript(
      "consistent-prefix",
      """
      0: append x 1
      0: append x 2...
      0: fail
      1: read x [1 2]
      1: read x [1 3]
      1: read x [1 1]
      """)
    #expect(
      assessment.anomalies.map(\.name) == ["aborted-read", "thin-air-read", "duplicate-element"])
    #expect(assessment.culprits == [[1, 2], [3], [4]])
  }

  @Test func `repeated elements leave the answer open`() throws {
    let assessment = try checkScript(
      "consistent-prefix", "0: append x 1\n1: append x 1\n2: read x [1]")
    guard case .unknown(let advice) = assessment.outcome else {
      Issue.record("there is no telling which append was read")
      return
    }
    #expect(advice.contains("1 of key \"x\""))
  }

  @Test func `an indeterminate append happened if somebody saw it`() throws {
    let script = "0: append x 1...\n0: info\n1: append x 2\n"
    #expect(try checkScript("consistent-prefix", script + "2: read x [2]").outcome == .valid)
    let assessment = try checkScript(
      "consistent-prefix", script + "2: read x [2 1]\n3: read x [1]")
    #expect(assessment.culprits == [[2, 3]])
  }

  @Test(arguments: [
    "0: txn - [[:r \"x\" 1] [:w \"x\" 2]]", "0: txn - [[:w \"x\" 1] [:w \"x\" 2]]",
    "0: txn - [[:x 1]]", "0: txn - 7", "0: cas x [1 2]", "0: write x 1\n0: append x 2",
  ])
  func `what has no place in an order of writes is an error, not a verdict`(script: String) {
    #expect(throws: SpecificationError.self) { try checkScript("consistent-prefix", script) }
  }

  @Test func `the order that shows validity shows every read what it returned`() throws {
    let histories = RandomReplicas(
      content: .snapshots, clients: 4, operations: 14, writes: 6, isInOrder: true)
    for seed: UInt64 in 1...100 {
      let history = histories.make(seed: seed)
      let assessment = try #require(Checkers.named("consistent-prefix")).check(history)
      guard let order = assessment.linearization?.partitions.first?.order else { continue }
      var state: [(key: Value, value: Value)] = []
      for id in order {
        let call = try PrefixCall(history.operations[id.position])
        state += call.writes.map { ($0.key, $0.value) }
        for read in call.reads {
          let last = state.last { $0.key == read.key }?.value ?? .none
          #expect(last == read.value, "seed \(seed)")
        }
      }
      let expected = try history.operations.count { operation in
        let call = try PrefixCall(operation)
        return operation.completion != .fail && operation.completion != .info
          && !(call.writes + call.reads).isEmpty
      }
      #expect(order.count >= expected, "seed \(seed)")
    }
  }
}

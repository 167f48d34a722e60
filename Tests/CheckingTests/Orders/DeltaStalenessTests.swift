import Histories
import Testing

@testable import CheckerAudit
@testable import Checking

/// Reads may be old by a bounded time, and no more than that.
struct DeltaStalenessTests {
  private let stale = """
    @10 0: write x 1...
    @20 0: ok
    @30 0: write x 2...
    @40 0: ok
    @100 1: read x 1...
    @110 1: ok 1
    """

  @Test func `a read has the age of what it missed`() throws {
    let assessment = try checkScript("delta-staleness", stale)
    #expect(assessment.outcome == .invalid)
    #expect(assessment.fact("smallest-delta-nanoseconds") == .integer(60))
    #expect(assessment.anomalies.map(\.name) == ["stale-read"])
    #expect(assessment.culprits == [[0, 1, 2]])
    #expect(
      assessment.anomalies[0].text == """
        write 1 of key "x" completed before write 2 of key "x" was invoked, and write 2 of key "x" \
        completed before read 1 of key "x" was invoked; this fits together only if reads had been \
        invoked 60 nanoseconds earlier
        """)
    #expect(try checkScript("delta-staleness?delta=59", stale).outcome == .invalid)
    #expect(try checkScript("delta-staleness?delta=60", stale).outcome == .valid)
  }

  @Test func `without times ages are counted in events`() throws {
    let assessment = try checkScript(
      "delta-staleness?delta=1", "0: write x 1\n0: write x 2\n1: read x 1")
    #expect(assessment.outcome == .valid)
    #expect(assessment.fact("smallest-delta-events") == .integer(1))
  }

  @Test func `times that go back are not used`() throws {
    let assessment = try checkScript(
      "delta-staleness", "@50 0: write x 1\n@40 0: write x 2\n@60 1: read x 1")
    #expect(assessment.fact("smallest-delta-events") == .integer(1))
  }

  @Test func `at one instant the order of events still tells old from new`() throws {
    let assessment = try checkScript(
      "delta-staleness", "@5 0: write x 1\n@5 0: write x 2\n@5 1: read x 1")
    #expect(assessment.outcome == .invalid)
    #expect(assessment.fact("smallest-delta-nanoseconds") == .integer(1))
  }

  @Test func `a linearizable history needs no span`() throws {
    let assessment = try checkScript(
      "delta-staleness",
      """
      0: write x 1...
      1: read x nil
      1: read x 1
      0: ok
      1: read x 1
      """)
    #expect(assessment.outcome == .valid)
    #expect(assessment.fact("smallest-delta-events") == .integer(0))
  }

  @Test func `the initial value grows old too`() throws {
    let assessment = try checkScript(
      "delta-staleness", "@10 0: write x 1\n@30 1: read x nil\n@50 1: read x nil")
    #expect(assessment.fact("smallest-delta-nanoseconds") == .integer(40))
    #expect(assessment.culprits == [[0, 2]])
  }

  @Test func `the worst key comes first`() throws {
    let assessment = try checkScript(
      "delta-staleness",
      """
      @10 0: write x 1
      @20 0: write y 2
      @25 1: read y nil
      @90 1: read x nil
      """)
    #expect(assessment.anomalies.map(\.key) == [.text("x"), .text("y")])
  }

  @Test func `no span excuses a value from the future or from nowhere`() throws {
    let assessment = try checkScript(
      "delta-staleness?delta=1000", "1: read x 1\n0: write x 1\n1: read x 3")
    #expect(assessment.anomalies.map(\.name) == ["thin-air-read", "future-read"])
  }

  @Test func `repeated values leave the answer open`() throws {
    let assessment = try checkScript(
      "delta-staleness", "0: write x 1\n0: write x 1\n1: read x 1")
    guard case .unknown(let advice) = assessment.outcome else {
      Issue.record("there is no telling which write was read")
      return
    }
    #expect(advice.hasSuffix("give every write of a key a value of its own"))
  }

  @Test func `a span of zero and a depth of one are both linearizability`() throws {
    let histories = RandomReplicas(clients: 4, operations: 12, writes: 8)
    for seed: UInt64 in 1...100 {
      let history = histories.make(seed: seed)
      let fresh = try #require(Checkers.named("delta-staleness")).check(history)
      let latest = try #require(Checkers.named("k-staleness?k=1")).check(history)
      let verdict = try LinearizabilityChecker(RegisterSpecification()).check(history)
      #expect((fresh.outcome == .valid) == (verdict.linearization != nil), "seed \(seed)")
      #expect((latest.outcome == .valid) == (verdict.linearization != nil), "seed \(seed)")
    }
  }
}

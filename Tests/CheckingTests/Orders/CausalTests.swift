import Histories
import Testing

@testable import CheckerAudit
@testable import Checking

/// Whoever sees an effect sees its causes.
struct CausalTests {
  @Test func `a reply without the post that it answers is no causal memory`() throws {
    let assessment = try checkScript(
      "causal",
      """
      0: write post 1
      0: read post 1
      1: read post 1
      1: read other nil
      1: write reply 2
      2: read reply 2
      2: read post nil
      """)
    #expect(assessment.outcome == .invalid)
    #expect(assessment.anomalies.map(\.name) == ["missed-write"])
    #expect(assessment.anomalies[0].key == .text("post"))
    #expect(assessment.culprits == [[0, 2, 4, 5, 6]])
    #expect(
      assessment.anomalies[0].text == """
        write 1 of key "post" happened before read nil of key "post", which missed it: write 1 of \
        key "post" was seen by read 1 of key "post"; process 1 made read 1 of key "post" before \
        write 2 of key "reply"; write 2 of key "reply" was seen by read 2 of key "reply"; process \
        2 made read 2 of key "reply" before read nil of key "post"
        """)
  }

  @Test func `an older post instead of a newer one is no causal memory either`() throws {
    let assessment = try checkScript(
      "causal",
      """
      0: write post 1
      0: write post 3
      1: read post 3
      1: write reply 2
      2: read reply 2
      2: read post 1
      """)
    #expect(assessment.anomalies.map(\.name) == ["causal-cycle"])
    #expect(assessment.culprits == [[0, 1, 2, 3, 4, 5]])
    #expect(
      assessment.anomalies[0].text.hasPrefix(
        "write 3 of key \"post\" happened before read 1 of key \"post\", which saw write 1 of key "
          + "\"post\" instead; process 0 made write 1 of key \"post\" before write 3"))
  }

  @Test func `concurrent writes come in one order for everybody`() throws {
    let script = """
      0: write x 1
      1: write x 2
      2: read x 1
      2: read x 2
      3: read x 2
      """
    #expect(try checkScript("causal", script).outcome == .valid)
    let assessment = try checkScript("causal", script + "\n3: read x 1")
    #expect(assessment.culprits == [[0, 1, 2, 3, 4, 5]])
  }

  @Test func `concurrent writes may be seen by one and missed by another`() throws {
    let assessment = try checkScript(
      "causal",
      """
      0: write x 1
      1: write y 2
      0: read y nil
      1: read x nil
      2: read x 1
      2: read y nil
      """)
    #expect(assessment.outcome == .valid)
    #expect(assessment.fact("causal-tests") == .integer(1))
  }

  @Test func `a history in which nothing had to be seen shows nothing, and the answer says so`()
    throws
  {
    let assessment = try checkScript("causal", "0: write x 1\n1: read x nil")
    #expect(assessment.outcome == .valid)
    #expect(assessment.fact("unobservable") == .list([.keyword("causal")]))
  }

  @Test func `values from nowhere, from the future and of two writes are told apart`() throws {
    let nowhere = try checkScript("causal", "0: read x 1")
    #expect(nowhere.anomalies.map(\.name) == ["thin-air-read"])
    let future = try checkScript("causal", "0: read x 1\n0: read y nil\n0: write x 1")
    #expect(future.anomalies.map(\.name) == ["future-read"])
    #expect(future.culprits == [[0, 2]])
    guard
      case .unknown = try checkScript("causal", "0: write x 1\n1: write x 1\n2: read x 1").outcome
    else {
      Issue.record("there is no telling which write was read")
      return
    }
  }

  @Test func `clocks that take too much memory leave the answer open`() throws {
    let history = try scriptedHistory("0: write x 1\n1: read x 1")
    let checker = try #require(Checkers.named("causal"))
    guard
      case .unknown(let advice) = try checker.check(history, limits: SearchLimits(bytes: 15))
        .outcome
    else {
      Issue.record("two clocks of two sessions take sixteen bytes")
      return
    }
    #expect(advice.hasPrefix("clocks of 2 sessions for 2 operations"))
    #expect(try checker.check(history, limits: SearchLimits(bytes: 16)).outcome == .valid)
  }

  @Test func `a causal memory gives all session guarantees`() throws {
    let histories = RandomReplicas(clients: 4, operations: 14, writes: 6, spoiltPercent: 20)
    for seed: UInt64 in 1...200 {
      let history = histories.make(seed: seed)
      let causal = try #require(Checkers.named("causal")).check(history).outcome
      let sessions = try #require(Checkers.named("sessions")).check(history).outcome
      #expect(causal == .invalid || sessions == .valid, "seed \(seed)")
    }
  }
}

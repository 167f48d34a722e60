import Histories
import Testing

@testable import Checking

/// One small history for each way in which sessions go wrong, and for each way they may not.
struct SessionsTests {
  @Test func `a read that misses its own session's write is blamed`() throws {
    let assessment = try checkScript(
      "sessions",
      """
      0: write x 1
      0: read y nil
      0: read x nil
      """)
    #expect(assessment.outcome == .invalid)
    #expect(assessment.anomalies.map(\.name) == ["read-your-writes"])
    #expect(assessment.anomalies[0].key == .text("x"))
    #expect(assessment.culprits == [[0, 2]])
    #expect(
      assessment.anomalies[0].text
        == "write 1 of key \"x\" must be seen by read nil of key \"x\" because process 0 had made "
        + "it when it read the initial value")
  }

  @Test func `another session may miss the write`() throws {
    let assessment = try checkScript(
      "sessions",
      """
      0: write x 1
      1: read x nil
      1: read x 1
      1: read x 1
      """)
    #expect(assessment.outcome == .valid)
    #expect(assessment.fact("monotonic-reads-tests") == .integer(1))
    let untested = ["read-your-writes", "monotonic-writes", "writes-follow-reads"]
    #expect(assessment.fact("unobservable") == .list(untested.map { .keyword($0) }))
  }

  @Test func `reads that forget what they saw are not monotonic`() throws {
    let assessment = try checkScript(
      "sessions",
      """
      0: write x 1
      1: read x 1
      1: read x nil
      """)
    #expect(assessment.anomalies.map(\.name) == ["monotonic-reads"])
    #expect(assessment.culprits == [[0, 1, 2]])
  }

  @Test func `reads that go back and forth between two writes are not monotonic`() throws {
    let script = """
      0: write x 1
      1: write x 2
      2: read x 1
      2: read x 2
      2: read x 1
      """
    let assessment = try checkScript("sessions", script)
    #expect(assessment.anomalies.map(\.name) == ["monotonic-reads"])
    #expect(assessment.culprits == [[0, 1, 2, 3, 4]])
    #expect(
      assessment.anomalies[0].text == """
        write 1 of key "x" must be ordered before write 2 of key "x" because process 2 had seen it \
        when it read 2; write 2 of key "x" must be ordered before write 1 of key "x" because \
        process 2 had seen it when it read 1
        """)
    #expect(try checkScript("sessions?guarantees=ryw,mw,wfr", script).outcome == .valid)
  }

  @Test func `writes of a session in the wrong order need a reader that tells`() throws {
    let assessment = try checkScript(
      "sessions",
      """
      0: write x 1
      0: write x 2
      1: read x 2
      1: read x 1
      """)
    #expect(assessment.anomalies.map(\.name) == ["monotonic-reads+monotonic-writes"])
    #expect(assessment.culprits == [[0, 1, 2, 3]])
  }

  @Test func `a write may not be ordered before what its session had read`() throws {
    let assessment = try checkScript(
      "sessions",
      """
      0: write x 1
      1: read x 1
      1: write x 2
      2: read x 2
      2: read x 1
      """)
    #expect(assessment.anomalies.map(\.name) == ["monotonic-reads+writes-follow-reads"])
    #expect(assessment.culprits == [[0, 1, 2, 3, 4]])
    #expect(assessment.anomalies[0].text.contains("process 1 had seen it when it wrote 2"))
  }

  @Test func `every smallest choice of guarantees that fails is named once`() throws {
    let assessment = try checkScript(
      "sessions",
      """
      0: write x 1
      0: read x nil
      1: write y 2
      2: read y 2
      2: read y nil
      """)
    #expect(assessment.anomalies.map(\.name) == ["read-your-writes", "monotonic-reads"])
    #expect(assessment.culprits == [[0, 1], [2, 3, 4]])
  }

  @Test func `monotonic writes alone cannot be observed, and the answer says so`() throws {
    let assessment = try checkScript(
      "sessions?guarantees=mw",
      """
      0: write x 1
      0: write x 2
      1: read x 2
      1: read x 1
      """)
    #expect(assessment.outcome == .valid)
    #expect(assessment.fact("unobservable") == .list([.keyword("monotonic-writes")]))
  }

  @Test func `the four together are weaker than causal memory`() throws {
    let assessment = try checkScript(
      "sessions",
      """
      0: write x 1
      1: read x 1
      1: write y 2
      2: read y 2
      2: read x nil
      """)
    #expect(assessment.outcome == .valid)
  }

  @Test func `a value of a failed write or of nobody must not be read`() throws {
    let assessment = try checkScript(
      "sessions",
      """
      0: write x 1...
      0: fail
      1: read x 1
      1: read x 7
      """)
    #expect(assessment.outcome == .invalid)
    #expect(assessment.anomalies.map(\.name) == ["aborted-read", "thin-air-read"])
    #expect(assessment.culprits == [[0, 1], [2]])
  }

  @Test func `two sessions cannot each read what the other writes afterwards`() throws {
    let assessment = try checkScript(
      "sessions",
      """
      0: read x 2
      0: write y 1
      1: read y 1
      1: write x 2
      """)
    #expect(assessment.anomalies.map(\.name) == ["future-read"])
    #expect(assessment.culprits == [[0, 1, 2, 3]])
  }

  @Test func `an indeterminate write has happened if its value is read`() throws {
    let script = """
      0: write x 1...
      0: info
      1: read x nil
      """
    #expect(try checkScript("sessions", script).outcome == .valid)
    let assessment = try checkScript("sessions", script + "\n1: read x 1\n1: read x nil")
    #expect(assessment.anomalies.map(\.name) == ["monotonic-reads"])
    #expect(assessment.culprits == [[0, 2, 3]])
  }

  @Test func `a value that was written twice and read leaves the answer open`() throws {
    let script = """
      0: write x 1
      1: write x 1
      1: read x 1
      """
    guard case .unknown(let advice) = try checkScript("sessions", script).outcome else {
      Issue.record("there is no telling which write was read")
      return
    }
    #expect(advice.contains("event 0 and 2"))
    #expect(try checkScript("sessions", script + "\n0: read y 3").outcome == .invalid)
    #expect(try checkScript("sessions", "0: write x 1\n1: write x 1").outcome == .valid)
  }

  @Test func `registers may hold a number at first`() throws {
    #expect(try checkScript("sessions", "0: read x 0").outcome == .invalid)
    #expect(try checkScript("sessions?initial=0", "0: read x 0").outcome == .valid)
    #expect(try checkScript("sessions?initial=0", "0: write x 1\n0: read x 0").outcome == .invalid)
  }

  @Test func `a compare-and-set is an error, not a verdict`() {
    #expect(throws: SpecificationError.self) { try checkScript("sessions", "0: cas x [1 2]") }
  }
}

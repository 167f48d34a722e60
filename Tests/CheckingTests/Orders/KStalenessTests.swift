import Histories
import Testing

@testable import CheckerAudit
@testable import Checking

/// Registers may be a few versions behind, and no more than that.
struct KStalenessTests {
  private let threeBehind = """
    0: write x 1
    0: write x 2
    0: write x 3
    0: write x 4
    1: read x 1
    """

  @Test func `a read three versions behind needs k = 4`() throws {
    for (k, outcome) in [(1, .invalid), (3, .invalid), (4, .valid)]
      as [(Int, Assessment.Outcome)]
    {
      let assessment = try checkScript("k-staleness?k=\(k)", threeBehind)
      #expect(assessment.outcome == outcome, "k = \(k)")
      #expect(assessment.fact("smallest-k") == .integer(4))
      #expect((assessment.linearization != nil) == (outcome == .valid))
    }
  }

  @Test func `the stale read, its write and as many newer writes as needed are named`() throws {
    let assessment = try checkScript("k-staleness?k=2", threeBehind)
    #expect(assessment.anomalies.map(\.name) == ["stale-read"])
    #expect(assessment.culprits == [[0, 1, 2, 4]])
    #expect(
      assessment.anomalies[0].text
        == "read 1 of key \"x\" returned a value behind which at least 3 newer writes had taken "
        + "effect")
  }

  @Test func `the initial value counts as a version`() throws {
    let script = "0: write x 1\n1: read x nil"
    #expect(try checkScript("k-staleness?k=1", script).culprits == [[0, 1]])
    #expect(try checkScript("k-staleness?k=2", script).outcome == .valid)
  }

  @Test func `the worst key decides`() throws {
    let assessment = try checkScript("k-staleness", threeBehind + "\n0: write y 5\n1: read y nil")
    #expect(assessment.fact("smallest-k") == .integer(4))
    #expect(assessment.anomalies.map(\.key) == [.text("x")])
  }

  @Test func `a write that a reader saw has taken effect although its client does not know`() throws
  {
    let assessment = try checkScript(
      "k-staleness?k=1",
      """
      0: write x 1
      1: write x 2...
      1: info
      2: read x 2
      2: read x 1
      """)
    #expect(assessment.culprits == [[0, 1, 3]])
    #expect(assessment.fact("smallest-k") == .integer(2))
  }

  @Test func `writes that nobody read and that may never have happened cost nothing`() throws {
    let crashed = (0..<60).map { "\($0): write x \($0)...\n\($0): info" }.joined(separator: "\n")
    let assessment = try checkScript("k-staleness?k=1", crashed + "\n99: read x nil")
    #expect(assessment.outcome == .valid)
  }

  @Test func `what no single read shows is found by the search`() throws {
    let assessment = try checkScript(
      "k-staleness?k=1",
      """
      0: write x 1...
      1: write x 2...
      2: read x 1
      2: read x 2
      2: read x 1
      0: ok
      1: ok
      """)
    #expect(assessment.outcome == .invalid)
    #expect(assessment.explanation?.operation == OperationID(4))
    #expect(assessment.culprits == [[4]])
    #expect(assessment.fact("smallest-k") == .integer(2))
  }

  @Test func `repeated values are no obstacle`() throws {
    let script = "0: write x 1\n0: write x 2\n0: write x 1\n1: read x 2"
    #expect(try checkScript("k-staleness?k=1", script).outcome == .invalid)
    #expect(try checkScript("k-staleness?k=2", script).outcome == .valid)
  }

  @Test func `no k excuses a value from the future, from a failure or from nowhere`() throws {
    let assessment = try checkScript(
      "k-staleness?k=100",
      """
      1: read x 1
      0: write x 1
      0: write x 2...
      0: fail
      1: read x 2
      1: read x 3
      """)
    #expect(assessment.outcome == .invalid)
    #expect(assessment.anomalies.map(\.name) == ["aborted-read", "thin-air-read", "future-read"])
    #expect(assessment.culprits == [[2, 3], [4], [1, 0]])
  }

  @Test func `a search that may not go on says what it knows`() throws {
    let writes = (0..<12).map { "\($0): write x \($0)..." }
    let reads = [3, 9, 3, 5].map { "99: read x \($0)" }
    let ends = (0..<12).map { "\($0): ok" }
    let history = try scriptedHistory((writes + reads + ends).joined(separator: "\n"))
    let checker = try #require(Checkers.named("k-staleness?k=1"))
    let assessment = try checker.check(history, limits: SearchLimits(configurations: 3))
    guard case .unknown = assessment.outcome else {
      Issue.record("three configurations should not be enough")
      return
    }
    #expect(assessment.fact("smallest-k-at-least") == .integer(1))
  }

  @Test func `the order that shows validity is a legal one`() throws {
    let histories = RandomReplicas(clients: 4, operations: 12, writes: 8)
    for seed: UInt64 in 1...100 {
      let history = histories.make(seed: seed)
      let assessment = try #require(Checkers.named("k-staleness?k=3")).check(history)
      guard let found = assessment.linearization else { continue }
      let specification = KStaleRegisterSpecification(for: history, initial: .none, depth: 3)
      let complaint = try LinearizationVerifier(specification)
        .complaint(about: found, of: history)
      #expect(complaint == nil, "seed \(seed)")
    }
  }
}

import Histories
import Testing

@testable import Checking

/// Once nothing is written any more everybody reads the same.
struct ConvergenceTests {
  @Test func `replicas that never agree are caught`() throws {
    let assessment = try checkScript(
      "convergence",
      """
      0: write x 1
      1: write x 2
      0: read x 1
      1: read x 2
      """)
    #expect(assessment.outcome == .invalid)
    #expect(assessment.anomalies.map(\.name) == ["divergence"])
    #expect(assessment.culprits == [[2, 3]])
    #expect(
      assessment.anomalies[0].text
        == "key \"x\": process 0 finally read 1, but process 1 read 2")
  }

  @Test func `reads before the last write ends do not count`() throws {
    let assessment = try checkScript(
      "convergence",
      """
      0: write x 1
      1: read x nil
      2: read x 1
      0: write y 2
      1: read x 1
      2: read x 1
      1: read y 2
      """)
    #expect(assessment.outcome == .valid)
    #expect(assessment.fact("final-reads") == .integer(3))
    #expect(assessment.fact("objects-with-one-reader") == .integer(1))
  }

  @Test func `processes may take their time to agree, unless all reads have to`() throws {
    let script = """
      0: write x 1
      1: read x nil
      2: read x 1
      1: read x 1
      """
    #expect(try checkScript("convergence", script).outcome == .valid)
    let tail = try checkScript("convergence?final=tail", script)
    #expect(tail.culprits == [[1, 2]])
    #expect(try checkScript("convergence?final=tail&quiet=2", script).outcome == .valid)
  }

  @Test func `quiet periods are measured in time where there is time`() throws {
    let script = """
      @10 0: write x 1
      @40 1: read x nil
      @50 1: read x 1
      @60 2: read x 1
      """
    #expect(try checkScript("convergence?final=tail&quiet=30", script).outcome == .invalid)
    #expect(try checkScript("convergence?final=tail&quiet=31", script).outcome == .valid)
  }

  @Test func `whoever has found what all agree on does not go back`() throws {
    let assessment = try checkScript(
      "convergence",
      """
      0: write x 1
      1: read x 1
      1: read x nil
      1: read x 1
      """)
    #expect(assessment.anomalies.map(\.name) == ["reverted-read"])
    #expect(assessment.culprits == [[1, 2]])
  }

  @Test func `to agree on nothing is no convergence`() throws {
    let script = "0: write x 1\n1: read x nil\n2: read x nil"
    let assessment = try checkScript("convergence", script)
    #expect(assessment.anomalies.map(\.name) == ["lost-write"])
    #expect(assessment.culprits == [[0, 1]])
    let strange = try checkScript("convergence", "0: write x 1\n1: read x 3")
    #expect(strange.anomalies.map(\.name) == ["thin-air-read"])
    #expect(try checkScript("convergence?initial=3", "1: read x 3").outcome == .valid)
  }

  @Test func `sets and lists hold all that was acknowledged, and nothing else`() throws {
    let adds = "0: add s 1\n1: add s 2...\n1: info\n2: add s 3...\n2: fail\n"
    #expect(try checkScript("convergence", adds + "3: read s [1]").outcome == .valid)
    #expect(
      try checkScript("convergence", adds + "3: read s [1 2]\n4: read s [2 1]").outcome == .valid)
    let lost = try checkScript("convergence", adds + "3: read s [2]")
    #expect(lost.anomalies.map(\.name) == ["lost-write"])
    let strange = try checkScript("convergence", adds + "3: read s [1 3]")
    #expect(strange.anomalies.map(\.name) == ["thin-air-read"])
    let lists = "0: append l 1\n1: append l 2\n2: read l [1 2]\n3: read l [2 1]"
    #expect(try checkScript("convergence", lists).anomalies.map(\.name) == ["divergence"])
  }

  @Test func `a compare-and-set writes if it took effect`() throws {
    let script = "0: write x 1\n0: cas x [1 2]\n"
    #expect(try checkScript("convergence", script + "1: read x 2").outcome == .valid)
    #expect(try checkScript("convergence", script + "1: read x 3").outcome == .invalid)
  }

  @Test func `without final reads the answer is open`() throws {
    for script in ["0: write x 1", "1: read x nil\n0: write x 1", "0: write x 1\n1: read y nil"] {
      guard case .unknown(let advice) = try checkScript("convergence", script).outcome else {
        Issue.record("nobody read x in the end")
        continue
      }
      #expect(advice.hasPrefix("nobody read key \"x\" late enough"))
    }
    guard case .unknown = try #require(Checkers.named("convergence")).check(History()).outcome
    else {
      Issue.record("an empty history shows nothing")
      return
    }
  }

  @Test func `an indeterminate write ends when its client gives up`() throws {
    let script = "0: write x 1...\n1: read x nil\n0: info\n1: read x 1\n2: read x 1"
    #expect(try checkScript("convergence?final=tail", script).outcome == .valid)
    let open = "0: write x 1...\n1: read x nil\n1: read x 1\n2: read x 1"
    #expect(try checkScript("convergence?final=tail", open).outcome == .invalid)
  }

  @Test(arguments: ["0: write x 1\n0: append x 2", "0: remove x 1"])
  func `an object that is no register, set or list is an error`(script: String) {
    #expect(throws: SpecificationError.self) { try checkScript("convergence", script) }
  }
}

import Histories
import Testing

@testable import Checking

/// How checkers add their findings up.
struct FindingsTests {
  @Test func `of many anomalies all are counted and the first are told`() throws {
    var lines = ""
    for number in 0..<50 { lines += "0 invoke dequeue\n0 ok dequeue \(number)\n" }
    let examination = try Examination("queue", lines)
    #expect(examination.fact("unexpected-count") == .integer(50))
    #expect(examination.anomalies.count == Findings.mostListed)
    #expect(examination.anomalies.first == "unexpected 0")
  }

  @Test func `what is wrong outweighs what is doubtful, and harmless findings weigh nothing`() {
    var findings = Findings("bad", "odd")
    findings.add("odd", isHarmless: true, key: .integer(7), operations: [], text: "this happens")
    #expect(findings.assessment().outcome == .valid)
    #expect(findings.assessment(doubt: "look again").outcome == .unknown(advice: "look again"))
    findings.add("bad", operations: [OperationID(1)], text: "this should not happen")
    let assessment = findings.assessment([.count("reads", count: 3)], doubt: "look again")
    #expect(assessment.outcome == .invalid)
    #expect(assessment.anomalies.map(\.name) == ["bad", "odd"])
    #expect(assessment.anomalies.map(\.key) == [nil, .integer(7)])
    #expect(assessment.facts.map(\.name) == ["reads", "bad-count", "odd-count"])
  }
}

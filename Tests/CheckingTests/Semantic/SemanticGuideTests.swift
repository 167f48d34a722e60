import Histories
import Testing

@testable import Checking

/// Every semantic checker explains itself, and its explanation is true.
struct SemanticGuideTests {
  @Test(arguments: Checkers.semanticCheckers.map(\.name))
  func `the checker rejects the history of its guide`(name: String) throws {
    let checker = try #require(Checkers.named(name))
    let assessment = try checker.check(HistoryReader.read(checker.guide.failure, format: .edn))
    #expect(assessment.outcome == .invalid)
    #expect(!assessment.anomalies.isEmpty)
  }

  @Test(arguments: Checkers.semanticCheckers.map(\.name))
  func `an empty history is never invalid`(name: String) throws {
    let assessment = try #require(Checkers.named(name)).check(History())
    #expect(assessment.outcome != .invalid)
    #expect(assessment.anomalies.isEmpty)
  }

  @Test func `of many anomalies all are counted and the first are told`() throws {
    var lines = ""
    for number in 0..<50 { lines += "0 invoke dequeue\n0 ok dequeue \(number)\n" }
    let examination = try Examination("queue", lines)
    #expect(examination.fact("unexpected-count") == .integer(50))
    #expect(examination.anomalies.count == Findings.mostListed)
  }
}

import Determinism
import Reporting
import Testing

@testable import Exploration

@Suite struct RunReportTests {
  private let trap = Outcome(trapIn: "raft/steady", seed: .max, signal: 4)

  /// The same run without its finding.
  private var plain: Outcome {
    Outcome(
      scenario: trap.scenario, seed: trap.seed, digest: trap.digest, verdict: .valid,
      properties: [], operations: .init(), faults: [.init(name: "crashes", count: 3)], marks: [],
      events: 7, virtualTime: trap.virtualTime, stoppedEarlyOf: nil, finding: nil)
  }

  @Test func `a missing finding is written as null, and seeds as text`() {
    let line = StableJSON.line(RunReport(plain))
    #expect(line.contains("\"finding\":null"))
    #expect(line.contains("\"seed\":\"0xffffffffffffffff\""))
    #expect(line.contains("\"scenario\":\"raft/steady\""))
    #expect(line.contains("\"verdict\":\"valid\""))
    #expect(line.contains("\"crashes\":3"))
    #expect(!line.contains("\n"))
  }

  @Test func `an outcome and its answer survive the way through a pipe`() throws {
    for outcome in [trap, plain] {
      let line = StableJSON.line(Answer.outcome(outcome))
      guard case .outcome(let read) = try #require(StableJSON.read(line, as: Answer.self)) else {
        Issue.record("\(line) is read as another answer")
        continue
      }
      #expect(read == outcome)
    }
    let question = Question(.ablation(since: .start), scenario: 2, seed: .max)
    #expect(StableJSON.read(StableJSON.line(question), as: Question.self) == question)
    let digests = StableJSON.line(Answer.digests([.max, 0, 1 << 63]))
    guard
      case .digests([.max, 0, 0x8000_0000_0000_0000]) = StableJSON.read(digests, as: Answer.self)
    else {
      Issue.record("\(digests) is read as others")
      return
    }
  }

  @Test func `what is not an answer is not read as one`() {
    let line = StableJSON.line(Answer.outcome(plain))
    #expect(StableJSON.read(String(line.dropLast()), as: Answer.self) == nil)
    #expect(StableJSON.read("{}", as: Answer.self) == nil)
    let other = line.replacing("\"events\":7", with: "\"events\":-1")
    #expect(other != line)
    #expect(StableJSON.read(other, as: Answer.self) == nil)
  }

  @Test(arguments: [
    (Int32(4), "a Swift trap"), (9, "killed from outside"), (24, "did not end in time"),
  ])
  func `a death is a violation that names its usual cause`(signal: Int32, cause: String) throws {
    let outcome = Outcome(trapIn: "s", seed: 7, signal: signal)
    let finding = try #require(outcome.finding)
    #expect(outcome.verdict == .invalid)
    #expect(finding.property == "no-trap")
    let kind = signal == 24 ? "a run did not end in time" : "the process died of signal \(signal)"
    #expect(finding.kind == kind)
    #expect(finding.detail.contains(cause))
  }

  @Test func `deaths group by scenario and signal, never by seed`() {
    let signature = { (scenario: String, seed: UInt64, signal: Int32) in
      Outcome(trapIn: scenario, seed: seed, signal: signal).finding?.signature
    }
    #expect(signature("s", 1, 4) == signature("s", 2, 4))
    #expect(signature("s", 1, 4) != signature("s", 1, 5))
    #expect(signature("s", 1, 4) != signature("t", 1, 4))
  }
}

import Reporting
import Testing

@Suite struct RunReportTests {
  private let trap = RunReport(trapIn: "raft/steady", seed: .max, signal: 4)

  @Test func `a report survives JSON, with a finding and without`() throws {
    var plain = trap
    plain.finding = nil
    plain.faults = ["crashes": 3, "pauses": 0]
    plain.virtual_ns = 9_007_199_254_740_993
    for report in [trap, plain] {
      #expect(StableJSON.read(StableJSON.line(report), as: RunReport.self) == report)
    }
  }

  @Test func `a missing finding is written as null, and seeds as text`() {
    var report = trap
    report.finding = nil
    let line = StableJSON.line(report)
    #expect(line.contains("\"finding\":null"))
    #expect(line.contains("\"seed\":\"0xffffffffffffffff\""))
    #expect(line.contains("\"scenario\":\"raft/steady\""))
    #expect(!line.contains("\n"))
  }

  @Test func `what is not a report is not read as one`() {
    let line = StableJSON.line(trap)
    #expect(StableJSON.read(String(line.dropLast()), as: RunReport.self) == nil)
    #expect(StableJSON.read("{}", as: RunReport.self) == nil)
    let other = line.replacing("\"events\":0", with: "\"events\":-1")
    #expect(StableJSON.read(other, as: RunReport.self) == nil)
  }

  @Test(arguments: [
    (Int32(4), "a Swift trap"), (9, "killed from outside"), (24, "did not end in time"),
  ])
  func `a death is a violation that names its usual cause`(signal: Int32, cause: String) throws {
    let report = RunReport(trapIn: "s", seed: 7, signal: signal)
    let finding = try #require(report.finding)
    #expect(report.verdict == "invalid")
    #expect(finding.property == "no-trap")
    #expect(finding.kind == "the process died of signal \(signal)")
    #expect(finding.detail.contains(cause))
  }

  @Test func `deaths group by scenario and signal, never by seed`() {
    let signature = { (scenario: String, seed: UInt64, signal: Int32) in
      RunReport(trapIn: scenario, seed: seed, signal: signal).finding?.signature
    }
    #expect(signature("s", 1, 4) == signature("s", 2, 4))
    #expect(signature("s", 1, 4) != signature("s", 1, 5))
    #expect(signature("s", 1, 4) != signature("t", 1, 4))
  }
}

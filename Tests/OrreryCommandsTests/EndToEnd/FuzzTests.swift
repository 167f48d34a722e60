import Foundation
import Testing

/// `orrery fuzz` from outside: records, limits, signals and the death of workers.
@Suite struct FuzzTests {
  private static let defect = "raft/defects/raft-ack-before-fsync"
  private let workbench: Workbench

  init() throws { workbench = try Workbench() }

  @Test func `a campaign writes one record a line, and a summary last`() throws {
    let result = try workbench.orrery("fuzz \(Self.defect) --seed 3 --runs 6 --json")
    #expect(result.code == 1)
    let records = try result.lines.map(result.record)
    #expect(records.map { $0["kind"] as? String } == ["header", "finding", "story", "summary"])
    let summary = try #require(records.last)
    #expect(summary["runs"] as? Int == 6)
    #expect((summary["events"] as? Int) ?? 0 > 100)
    let finding = try #require((summary["findings"] as? [[String: Any]])?.first)
    #expect((finding["signature"] as? String)?.hasPrefix("F-") == true)
    #expect(finding["property"] as? String == "durability")
    #expect((finding["seed"] as? String)?.hasPrefix("0x") == true)
    let replay = try #require(finding["replay"] as? String).dropFirst("orrery ".count)
    #expect(try workbench.orrery(String(replay)).code == 1)
  }

  @Test func `the number of jobs changes nothing in a summary`() throws {
    let line = "fuzz \(Self.defect) raft/steady --seed 9 --runs 24 --json -q --jobs"
    let summaries = try [1, 3].map { try workbench.orrery("\(line) \($0)").lines.last }
    #expect(summaries[0] != nil)
    #expect(summaries[0] == summaries[1])
  }

  @Test func `a campaign ends at its limits`() throws {
    let range = try workbench.orrery("fuzz raft/steady --seeds 5..9 --json")
    #expect(range.code == 0)
    #expect(try range.record(range.lines.last)["runs"] as? Int == 5)
    let failures = try workbench.orrery(
      "fuzz \(Self.defect) --runs 1000000 --max-failures 1 --json -q")
    #expect(failures.code == 1)
    #expect(failures.errors.isEmpty)
    #expect(try failures.record(failures.lines.last)["runs"] as? Int ?? .max < 1_000)
  }

  @Test func `a goal that no run reaches leaves a campaign inconclusive`() throws {
    try workbench.edit("Scenarios/raft/steady.json5", "leader-elected", "entries-truncated")
    let result = try workbench.orrery("fuzz raft/steady --runs 2 --seed 1")
    #expect(result.code == 2)
    #expect(result.output.contains("NOT REACHED: entries-truncated"))
  }

  @Test(arguments: zip([SIGINT, SIGTERM], [Int32(130), 143]))
  func `a signal ends a campaign with what it has so far`(signal: Int32, code: Int32) throws {
    let command = try workbench.start("fuzz raft/steady --for 60s --jobs 2")
    let children = try command.waitForChildren(2)
    kill(command.process.processIdentifier, signal)
    let result = try command.result()
    #expect(result.code == code)
    #expect(result.errors.contains("stopping; press again to quit now"))
    #expect(result.output.hasPrefix("no failures in "))
    for child in children { #expect(kill(child, 0) != 0, "worker \(child) lives on") }
  }

  @Test func `the death of a worker is a finding with its seed`() throws {
    let line = "fuzz raft/steady --for 60s --jobs 2 --max-failures 1 --json"
    let command = try workbench.start(line)
    for child in try command.waitForChildren(2) { kill(child, SIGKILL) }
    let result = try command.result()
    #expect(result.code == 1)
    let findings = try result.record(result.lines.last)["findings"] as? [[String: Any]]
    let finding = try #require(findings?.first)
    #expect(finding["property"] as? String == "no-trap")
    #expect((finding["seed"] as? String)?.hasPrefix("0x") == true)
    #expect((finding["detail"] as? String)?.contains("killed from outside") == true)
  }
}

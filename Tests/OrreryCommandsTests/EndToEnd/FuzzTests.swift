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

  @Test func `what a killed campaign found is in its file`() throws {
    let command = try workbench.start(
      "fuzz \(Self.defect) --for 60s --jobs 1 --results found.jsonl --no-story")
    let path = workbench.folder.appending(path: "found.jsonl").path
    let text = { (try? String(contentsOfFile: path, encoding: .utf8)) ?? "" }
    for _ in 0..<600 where !text().contains("\"finding\"") { usleep(50_000) }
    kill(command.process.processIdentifier, SIGKILL)
    _ = try command.result()
    let lines = try workbench.read("found.jsonl").split(separator: "\n")
    #expect(lines.first?.contains("\"kind\":\"header\"") == true)
    #expect(lines.contains { $0.contains("\"kind\":\"finding\"") && $0.contains("replay") })
  }

  @Test func `a run that does not end in time is a finding`() throws {
    let result = try workbench.orrery(
      "fuzz raft/steady?phases.chaos=400s&clients.operations=100000 --runs 1 --seed 1 "
        + "--run-timeout 300ms --jobs 1 --no-story --json -q")
    #expect(result.code == 1)
    let records = try result.lines.map(result.record)
    let finding = try #require(records.first { $0["kind"] as? String == "finding" })
    #expect(finding["property"] as? String == "no-trap")
    #expect((finding["replay"] as? String)?.contains("@0x") == true)
  }

  @Test func `limits that contradict each other are refused`() throws {
    let result = try workbench.orrery("fuzz raft/steady --runs 3 --seeds 1..9")
    #expect(result.code == 64 && result.errors.contains("--runs and --seeds exclude each other"))
  }

  @Test func `a sample of a campaign is run again in another process`() throws {
    let result = try workbench.orrery("fuzz raft/steady --runs 4 --seed 1 --verify-every 2 -q")
    #expect(result.code == 0)
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

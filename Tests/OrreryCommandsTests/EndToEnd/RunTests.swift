import Foundation
import Testing

/// `orrery run`, `list` and the command line as a whole, from outside.
@Suite struct RunTests {
  private let workbench: Workbench

  init() throws { workbench = try Workbench() }

  @Test func `a run says what its seed drew, and how many servers that makes`() throws {
    try workbench.edit(
      "Scenarios/raft/steady.json5", "phases:",
      "varies: { \"system.roles.server\": [5] }, phases:")
    let text = try workbench.orrery("run raft/steady --seed 1")
    #expect(text.output.contains("(5 servers)"))
    #expect(text.output.contains("varied       system.roles.server=5"))
    let report = try workbench.orrery("run raft/steady --seed 1 --json").record()
    #expect(report["varied"] as? [String] == ["system.roles.server=5"])
  }

  @Test func `a run is reported as JSON under stable names`() throws {
    let result = try workbench.orrery("run raft/steady --seed 0x2a --json")
    #expect(result.code == 0)
    #expect(result.lines.count == 1)
    let report = try result.record()
    #expect(
      report.keys.sorted() == [
        "digest", "events", "faults", "finding", "marks", "operations", "properties", "scenario",
        "schema", "seed", "story", "varied", "verdict", "virtual_ns",
      ])
    #expect(report["seed"] as? String == "0x2a")
    #expect((report["digest"] as? String)?.count == 16)
    #expect(report["verdict"] as? String == "valid")
    #expect(report["finding"] is NSNull)
    #expect(report["story"] is NSNull)
    let operations = try #require(report["operations"] as? [String: Int])
    #expect(operations.keys.sorted() == ["fail", "info", "most_open", "ok"])
    let property = try #require((report["properties"] as? [[String: Any]])?.first)
    #expect(property.keys.sorted() == ["checked", "detail", "kind", "name", "status"])
  }

  @Test func `a violation ends with 1 and says how to see it again`() throws {
    let run = "raft/defects/raft-ack-before-fsync"
    let seed = "0xf332ebe51dc1fa33"
    let result = try workbench.orrery("run \(run) --seed \(seed)")
    #expect(result.code == 1)
    #expect(result.output.contains("FAIL  \(run)@\(seed)  F-"))
    #expect(result.output.contains("orrery replay \(run)@\(seed)"))
    let report = try workbench.orrery("run \(run) --seed \(seed) --json").record()
    let finding = try #require(report["finding"] as? [String: String])
    #expect(finding.keys.sorted() == ["contract", "detail", "kind", "property", "signature"])
    #expect(finding["property"] == "durability")
  }

  @Test func `an end of options reaches the child, too`() throws {
    let result = try workbench.orrery("run --seed 3 -- raft/steady")
    #expect(result.code == 0)
    #expect(result.output.hasPrefix("raft/steady  seed 0x3"))
  }

  @Test(arguments: [
    ("run raft/steady --sede 4", Int32(64), "did you mean --seed?"),
    ("rnu raft/steady", 64, "did you mean \"run\"?"),
    ("run raft/steady --seed 9f2c", 64, "did you mean 0x9f2c?"),
    ("run raft/steady --log --json", 64, "--log is for people"),
    ("fuzz raft/steady --seed 1 --seeds 1..2", 64, "exclude each other"),
    ("run raft/staedy", 65, "did you mean \"raft/steady\"?"),
    ("run Scenarios/raft", 65, "is a folder"),
    ("check nosuch.edn", 65, "nosuch.edn"),
  ])
  func `a mistake is named on stderr with a way out`(line: String, code: Int32, hint: String) throws
  {
    let result = try workbench.orrery(line)
    #expect(result.code == code)
    #expect(result.output.isEmpty)
    #expect(result.errors.contains(hint), "\(result.errors)")
  }

  @Test(arguments: [
    ("server: 3", "server: 0", ":6:38: error: roles must name between 1 and 31 servers, not 0"),
    ("chaos: \"1s\"", "chaos: 1", "did you mean \"1ms\" or \"1s\"?"),
    ("disk:", "dsik:", "did you mean \"disk\"?"),
    ("server: 3", "server: 3, server: 4", "the key \"server\" occurs twice"),
  ])
  func `a wrong scenario is refused with line and column`(
    old: String, new: String, complaint: String
  ) throws {
    try workbench.edit("Scenarios/raft/steady.json5", old, new)
    for verb in ["run", "fuzz --runs 1"] {
      let result = try workbench.orrery("\(verb) raft/steady")
      #expect(result.code == 65)
      #expect(result.errors.contains("Scenarios/raft/steady.json5:"))
      #expect(result.errors.contains(complaint), "\(result.errors)")
    }
  }

  @Test(arguments: [
    "--help", "list", "list faults", "run raft/steady", "doctor", "completions",
    "fuzz raft/steady --runs 3 --seed 1", "replay raft/steady@1 --log",
    "run raft/defects/raft-lost-votedfor --seed 0xf0b05fd89e2cc59c",
  ])
  func `nothing but text goes where no terminal is`(line: String) throws {
    let result = try workbench.orrery(line)
    for text in [result.output, result.errors] {
      #expect(!text.utf8.contains(0x1B) && !text.utf8.contains(0x0D))
    }
    #expect(!result.output.isEmpty)
  }

  @Test func `colour that was asked for reaches a run through its child`() throws {
    let result = try workbench.orrery("run raft/steady --color always")
    #expect(result.output.contains("\u{1B}["))
  }
}

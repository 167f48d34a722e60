import Foundation
import Testing

@testable import OrreryCommands

/// `orrery budget` from outside.
@Suite struct BudgetTests {
  private let workbench: Workbench

  init() throws {
    workbench = try Workbench()
    let delay = #"set: { "network.delay": { kind: "constant", span: "$" } }"#
    try workbench.edit(
      "Scenarios/raft/steady.json5", "phases:",
      """
      axes: {
        delay: { means: "of delay", origin: "1us", step: "100ms", up_to: "800ms", \(delay) },
        little: { means: "of delay", step: "1ms", up_to: "2ms", \(delay) },
      },
      phases:
      """)
  }

  @Test func `the edge is found, and its witness breaks the property again`() throws {
    let result = try workbench.orrery("budget raft/steady --axis delay --runs 3 --json")
    #expect(result.code == 0)
    let record = try result.record()
    #expect(record["holds_up_to"] as? String == "100 ms")
    #expect(record["breaks_at"] as? String == "200 ms")
    let probes = try #require(record["probes"] as? [[String: Any]])
    let replay = try #require(probes.last { $0["replay"] != nil }?["replay"] as? String)
    let run = String(replay.dropFirst("orrery ".count)).replacing("'", with: "")
    #expect(try workbench.orrery(run).code == 1)
  }

  @Test func `an axis must be chosen, and must exist`() throws {
    let silent = try workbench.orrery("budget raft/steady")
    #expect(silent.code == 64)
    #expect(silent.errors.contains("--axis: delay, little"))
    let wrong = try workbench.orrery("budget raft/steady --axis dely")
    #expect(wrong.errors.contains("did you mean \"delay\"?"))
  }

  @Test func `what never breaks is said not to break up to the bound`() throws {
    let result = try workbench.orrery("budget raft/steady --axis little --runs 2 -q")
    #expect(result.output == "not broken up to the bound: 2 ms of delay\n")
  }
}

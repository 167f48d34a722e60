import Determinism
import Scenarios
import SystemKit
import Testing
import Text

@testable import Catalog

/// The roles that systems declare, against what scenarios say.
@Suite struct RoleTests {
  @Test(arguments: [
    ("raft", "{ server: 3, storage: 1 }", "unknown role \"storage\"; one of server"),
    ("raft", "{ sever: 3 }", "unknown role \"sever\"; did you mean \"server\"?"),
    (
      "raft", "{ server: [3, 3] }",
      "the role \"server\" has 2 groups; its number of groups must be 1"
    ),
    ("locks", "{ server: 3 }", "nobody plays the role \"storage\"; add storage: 1"),
    ("locks", "{ server: 3, storage: 9 }", "storage must be 1 to 8, not 9"),
    ("redlock", "{ store: 5, storage: 2 }", "storage must be 1, not 2"),
    (
      "coordination", "{ server: 3 }",
      "leader-election needs a storage on which the leader acts; add storage: 1"
    ),
  ])
  func `a role that a system does not have, or lacks, is refused at its place`(
    name: String, roles: String, refusal: String
  ) throws {
    let workloads = [
      "raft": "key-value", "locks": "critical-section", "redlock": "critical-section",
      "coordination": "leader-election",
    ]
    let text = """
      {
        orrery: 1, name: "n", summary: "s",
        system: { protocol: "\(name)", roles: \(roles) },
        clients: { workload: "\(workloads[name] ?? "")", count: 2 },
        phases: { chaos: "10ms", quiet: "10ms" },
      }
      """
    let scenario = try Scenario(SourceText(text, file: "s.json5"))
    let error = try #require(throws: ScenarioError.self) {
      _ = try OrreryCatalog.systems.experiment(for: scenario)
    }
    #expect("\(error.message)" + (error.hint.map { "; \($0)" } ?? "") == refusal)
  }
}

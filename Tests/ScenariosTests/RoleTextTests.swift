import Determinism
import ProtocolKit
import Testing
import Text

@testable import Scenarios
@testable import Simulation

/// Who is in a cluster, as scenario files say it, and names that stand for several nodes.
@Suite struct RoleTextTests {
  private func scenario(
    roles: String = "{ coordinator: 1, participant: [3, 3] }", network: String = "{}",
    faults: String = "{}"
  ) throws(ScenarioError) -> Scenario {
    let text = """
      {
        orrery: 1, name: "n", summary: "s",
        system: { protocol: "p", roles: \(roles) }, clients: { count: 2, idle: 1 },
        network: \(network), faults: \(faults),
        phases: { chaos: "10ms", quiet: "10ms" },
      }
      """
    return try Scenario(SourceText(text, file: "s.json5"))
  }

  private func refusal(
    roles: String = "{ coordinator: 1, participant: [3, 3] }", faults: String = "{}"
  ) -> String {
    do throws(ScenarioError) {
      _ = try scenario(roles: roles, faults: faults)
      return "accepted"
    } catch {
      return error.message + (error.hint.map { "; \($0)" } ?? "")
    }
  }

  @Test func `roles number the nodes in the order of the file, clients last`() throws {
    #expect(
      "\(try scenario().cluster)" == "coordinator n1, participant n2 to n7, client n8 to n10")
    #expect(try scenario().cluster.groups.map(\.count) == [1, 3, 3])
  }

  @Test func `victims are nodes, roles, groups, or lists of them`() throws {
    let crash = { (victims: String) in
      try scenario(faults: "{ crash: { every: \"1ms\", lasts: [\"1ms\", \"1ms\"]\(victims) } }")
        .profile.entries[0].victims.map(\.denseIndex)
    }
    #expect(try crash("") == Array(0..<7))
    #expect(try crash(", victims: \"coordinator\"") == [0])
    #expect(try crash(", victims: \"participant/2\"") == [4, 5, 6])
    #expect(
      try crash(", victims: [\"participant/1\", \"client\", \"n1\"]") == [1, 2, 3, 7, 8, 9, 0])
    #expect(try crash(", victims: \"all\"") == Array(0..<10))
  }

  @Test func `links, domains and scripts name roles too`() throws {
    let read = try scenario(
      network: "{ links: [{ from: \"client\", to: [\"coordinator\"], loss: 0.5 }] }",
      faults: """
        {
          domains: [["coordinator", "n2"], "participant/2"],
          script: [{ at: "1ms", for: "1ms", do: "partition", group: ["participant/1"] }],
        }
        """)
    #expect(read.world.linkExceptions[0].from.map(\.denseIndex) == [7, 8, 9])
    #expect(read.world.linkExceptions[0].to.map(\.denseIndex) == [0])
    #expect(read.profile.domains.map { $0.map(\.denseIndex) } == [[0, 1], [4, 5, 6]])
    let cut = try #require(read.script.entries[0].fault.as(CutFault.self))
    #expect(cut.group.map(\.denseIndex) == [1, 2, 3])
    #expect(cut.others.map(\.denseIndex) == [0, 4, 5, 6, 7, 8, 9])
  }

  @Test(arguments: [
    (
      "victims: \"participants\"",
      "unknown node or role \"participants\"; did you mean \"participant\"?"
    ),
    (
      "victims: \"servers\"",
      "unknown node or role \"servers\"; there are coordinator n1, participant n2 to n7, "
        + "client n8 to n10"
    ),
    ("victims: [\"participant\", \"n3\"]", "n3 is in this list twice"),
    ("max_down: 4", "max_down must lie between 0 and 3"),
  ])
  func `names that stand for nobody, or twice for the same, are refused`(
    faults: String, message: String
  ) {
    #expect(refusal(faults: "{ \(faults) }").hasPrefix(message))
  }

  @Test(arguments: [
    ("{}", "roles must name between 1 and 31 servers, not 0"),
    ("{ a: 16, b: [8, 8] }", "roles must name between 1 and 31 servers, not 32"),
    ("{ a: [] }", "roles must name between 1 and 31 servers, not 0"),
    ("{ a: [3, 0] }", "a[1] must lie between 1 and 31"),
    ("{ a: 3, client: 2 }", "clients are counted by the section clients"),
    ("{ a: \"3\" }", "a must be"),
    ("3", "roles must be an object"),
  ])
  func `roles that make no cluster are refused`(roles: String, message: String) {
    #expect(refusal(roles: roles).hasPrefix(message))
  }
}

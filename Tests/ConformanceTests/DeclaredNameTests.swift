import Catalog
import Exploration
import Foundation
import ProtocolKit
import Scenarios
import SystemKit
import Testing
import Text

/// Names in scenarios are held against what the system declares, at their exact place.
@Suite struct DeclaredNameTests {
  private func error(_ change: (from: String, to: String), in path: String) throws -> String? {
    let text = try Repository.text("Scenarios/\(path)")
    #expect(text.contains(change.from), "\(path) says something else")
    let scenario = try Scenario(
      SourceText(text.replacing(change.from, with: change.to), file: "a.json5"))
    do throws(ScenarioError) {
      _ = try OrreryCatalog.systems.experiment(for: scenario)
      return nil
    } catch {
      return error.render()
    }
  }

  @Test(arguments: [
    ("\"linearizable\"", "\"linearizible\"", "did you mean \"linearizable\"?"),
    ("\"linearizable\"", "\"no-lost-update\"", "one of invariants, linearizable"),
    ("\"progress\"", "\"progres\"", "did you mean \"progress\"?"),
    ("\"entries-truncated\"", "\"entry-truncated\"", "one of election-started"),
    ("\"leader-elected\"", "\"leader-electd\"", "did you mean \"leader-elected\"?"),
    ("protocol: \"raft\"", "protocol: \"raf\"", "did you mean \"raft\"?"),
    ("max_entries_per_append", "max_entries_per_apend", "did you mean"),
    ("heartbeat: \"50ms\"", "heartbeat: \"150ms\"", "a third of it is usual"),
  ])
  func `a name that the system does not know is refused`(
    from: String, to: String, hint: String
  ) throws {
    let message = try #require(try error((from, to), in: "raft/swarm.json5"))
    #expect(message.contains(hint), "\(message)")
    #expect(message.hasPrefix("a.json5:"), "\(message)")
  }

  @Test func `what a fault waits for and what a campaign finds are checked as well`() throws {
    let path = "fencing/defects/lease-wall-clock.json5"
    let text = try Repository.text("Scenarios/\(path)")
    let expected = try #require(text.firstMatch(of: /finding: \["([a-z-]+)"/)?.1)
    let finding = try error(("\"\(expected)\"", "\"nonsense\""), in: path)
    #expect(finding?.contains("unknown property \"nonsense\"") == true)
    let paths = Repository.files(in: "Scenarios", suffix: ".json5")
    let aimed = try #require(
      try paths.first { try Repository.text("Scenarios/\($0)").contains("after: \"") })
    let mark = try #require(
      try Repository.text("Scenarios/\(aimed)").firstMatch(of: /after: "([a-z-]+)"/)?.1)
    let after = try error(("after: \"\(mark)\"", "after: \"nowhere\""), in: aimed)
    #expect(after?.contains("unknown mark \"nowhere\"") == true)
  }

  @Test func `systems declare the marks that the code reaches, and no others`() throws {
    let declared = Set(OrreryCatalog.systems.flatMap(\.marks))
    var written: Set<String> = []
    for folder in ["Sources/Systems", "Sources/Workloads"] {
      for path in Repository.files(in: folder, suffix: ".swift") {
        let text = try Repository.text("\(folder)/\(path)")
        for call in text.matches(of: /\.mark\(([^)]*)\)/) {
          for name in call.1.matches(of: /"([a-z-]+)"/) { written.insert(String(name.1)) }
        }
      }
    }
    #expect(written.count > 20)
    #expect(declared == written)
  }

  @Test func `a system's judges are those that its workloads have`() throws {
    for path in Repository.files(in: "Scenarios", suffix: ".json5") {
      let scenario = try Repository.scenario(path)
      let system = try OrreryCatalog.systems.system(of: scenario)
      let known = system.judges.map(\.name) + system.rules.map(\.slug) + ["progress"]
      let outcome = try system.experiment(for: scenario).run(seed: 1).outcome
      for property in outcome.properties where property.kind != .sometimes {
        #expect(known.contains(property.name), "\(path): \(property.name)")
      }
    }
  }
}

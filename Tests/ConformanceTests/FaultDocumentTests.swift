import Text
import Catalog
import SystemKit
import Exploration
import Scenarios
import Simulation
import Testing

/// `docs/faults.md`, `disk-faults.md` and `clock-faults.md` are the catalogue, and their examples run.
@Suite struct FaultDocumentTests {
  /// The text with every run of white space as one blank.
  private func folded(_ text: String) -> String {
    text.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
  }

  private func catalogue() throws -> String {
    try ["faults", "disk-faults", "clock-faults"].map { try Repository.text("docs/\($0).md") }
      .joined(separator: "\n")
  }

  @Test(arguments: FaultKind.allCases)
  func `the document says of every fault what its guide says`(kind: FaultKind) throws {
    let document = folded(try catalogue())
    #expect(document.contains("## `\(kind.rawValue)`"))
    #expect(document.contains(folded(kind.guide.summary)), "\(kind.rawValue)")
    #expect(document.contains(folded(kind.guide.semantics)), "\(kind.rawValue)")
    for detail in kind.details {
      #expect(document.contains(folded("* \(detail)")), "\(kind.rawValue)")
    }
  }

  @Test func `the examples of the document run, and their faults hit`() throws {
    let parts = try catalogue().split(separator: "```")
    let examples = parts.filter { $0.hasPrefix("json5\n") }.map { String($0.dropFirst(6)) }
    #expect(examples.count >= 1)
    for example in examples {
      let scenario = try Scenario(SourceText(example, file: "docs/faults.md"))
      let experiment = try OrreryCatalog.systems.experiment(for: scenario)
      var idle = experiment.owedEvidence
      for seed in UInt64(1)...20 where seed <= 5 || !idle.isEmpty {
        let outcome = experiment.run(seed: seed).outcome
        #expect(outcome.finding == nil, "seed \(seed): \(String(describing: outcome.finding))")
        idle.removeAll { name in
          outcome.faults.contains { $0.name == name && $0.count > 0 }
        }
      }
      #expect(idle.isEmpty, "never hit in seeds 1 to 20: \(idle)")
    }
  }
}

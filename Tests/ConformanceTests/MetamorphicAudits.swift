import Text
import Catalog
import SystemKit
import Exploration
import Foundation
import Scenarios
import TestKit
import Testing

/// Changes that must not change what a system promises, nor hide a bug.
@Suite(.enabled(if: isAuditing)) struct MetamorphicAudits {
  /// A change of a scenario's text.
  struct Change: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let apply: @Sendable (String) -> String
  }

  static let changes = [
    Change(testDescription: "every time doubled") { scale($0, by: 2) },
    Change(testDescription: "every time tripled") { scale($0, by: 3) },
    Change(testDescription: "the epoch shifted by hours") {
      let text = $0.replacing(/clocks: \{[^}]*\}/, with: "clocks: { offset: \"7200s\" }")
      return text.contains("clocks:")
        ? text : text.replacing("phases:", with: "clocks: { offset: \"7200s\" },\n  phases:")
    },
    Change(testDescription: "one more client") {
      $0.replacing(/(workload: "key-value", count: )([0-9]+)/) { match in
        "\(match.1)\((Int(match.2) ?? 0) + 1)"
      }
    },
    Change(testDescription: "an idle node more") {
      $0.replacing("workload: \"key-value\"", with: "workload: \"key-value\", idle: 1")
    },
    Change(testDescription: "two more servers") {
      $0.replacing("server: 3", with: "server: 5")
    },
    Change(testDescription: "another name, hence other signatures") {
      $0.replacing(/name: "raft\/[^"]*"/, with: "name: \"renamed\"")
    },
  ]

  /// Every duration of the text times a factor.
  private static func scale(_ text: String, by factor: Double) -> String {
    text.replacing(/"([0-9]+(?:\.[0-9]+)?)(ns|us|ms|s)"/) { match in
      let scaled = (Double(match.1) ?? 0) * factor
      let number = scaled == scaled.rounded() ? String(Int(scaled)) : String(scaled)
      return "\"\(number)\(match.2)\""
    }
  }

  private func experiment(_ path: String, _ change: Change) throws -> Experiment {
    let text = change.apply(try Repository.text("Scenarios/\(path)"))
    do throws(ScenarioError) {
      return try OrreryCatalog.systems.experiment(for: Scenario(SourceText(text, file: path)))
    } catch {
      Issue.record("\(change.testDescription): \(error.render())")
      throw error
    }
  }

  @Test(arguments: changes, ["raft/steady.json5", "raft/swarm.json5"])
  func `a clean scenario stays clean`(change: Change, path: String) throws {
    let experiment = try experiment(path, change)
    for seed in UInt64(1)...6 {
      let outcome = experiment.run(seed: seed).outcome
      #expect(
        outcome.finding == nil,
        "seed \(seed) of \(path) with \(change.testDescription): \(outcome.finding as Any)")
      #expect(outcome.operations.ok > 0, "seed \(seed) of \(path)")
    }
  }

  @Test(
    arguments: changes.filter { $0.testDescription != "two more servers" },
    ["raft-ack-before-fsync", "raft-lost-votedfor", "raft-local-leader-read"])
  func `a bug stays findable`(change: Change, defect: String) throws {
    let experiment = try experiment("raft/defects/\(defect).json5", change)
    let found = (UInt64(1)...150).lazy.compactMap { experiment.run(seed: $0).outcome.finding }.first
    #expect(found != nil, "\(defect) with \(change.testDescription) in seeds 1 to 150")
  }
}

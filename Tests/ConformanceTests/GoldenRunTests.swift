import Catalog
import SystemKit
import Exploration
import Scenarios
import Simulation
import TestKit
import Testing
import Traces

/// Every file in `traces/` is a test: the run repeats bit for bit and shows what is expected of it.
enum GoldenRuns {
  static let paths = Repository.files(in: "traces", suffix: ".trace")

  static func expectRepeated(_ path: String) throws {
    let golden = try GoldenTrace(try Repository.text("traces/\(path)"), file: path)
    let scenario = try Repository.scenario("\(golden.scenario).json5")
    let record = try OrreryCatalog.systems.experiment(for: scenario)
      .run(seed: golden.seed, recording: .digests)
    let divergence = golden.firstDivergence(from: record.recorder.digests)
    #expect(
      divergence == nil,
      "orrery replay \(golden.scenario)@\(golden.seed) parts from \(path) at event \(divergence ?? 0)"
    )
    let finding = record.outcome.finding
    let isExpected =
      switch scenario.expectation {
      case .clean: finding == nil
      case .finding(let properties, _): finding.map { properties.contains($0.property) } ?? false
      }
    #expect(isExpected, "\(path) shows \(finding.debugDescription)")
  }
}

/// All of them.
@Suite(.enabled(if: isAuditing)) struct GoldenRunAudits {
  @Test(arguments: GoldenRuns.paths)
  func `a golden run repeats bit for bit`(path: String) throws {
    try GoldenRuns.expectRepeated(path)
  }
}

/// A third of them, and what holds for all.
@Suite struct GoldenRunTests {
  @Test(arguments: GoldenRuns.paths.enumerated().filter { $0.offset % 3 == 0 }.map(\.element))
  func `a golden run repeats bit for bit`(path: String) throws {
    try GoldenRuns.expectRepeated(path)
  }

  @Test func `there is a golden run of every scenario`() throws {
    let golden = try Repository.goldenRuns().map(\.scenario)
    for path in Repository.files(in: "Scenarios", suffix: ".json5") {
      let name = String(path.dropLast(".json5".count))
      #expect(golden.contains(name), "record one: orrery replay \(name)@1 --record")
    }
  }

  @Test func `running twice and recording more change nothing`() throws {
    let experiment = try Repository.experiment(named: "raft/swarm")
    for seed in UInt64(1)...3 {
      let plain = experiment.run(seed: seed).outcome
      let recorded = experiment.run(seed: seed, recording: .events)
      #expect(plain.digest == recorded.outcome.digest, "seed \(seed)")
      #expect(plain.events == UInt64(recorded.recorder.events.count), "seed \(seed)")
    }
  }

  @Test func `every event is caused by an earlier one`() throws {
    let experiment = try Repository.experiment(named: "raft/swarm")
    for seed in UInt64(1)...3 {
      for event in experiment.run(seed: seed, recording: .events).recorder.events {
        #expect(event.cause < event.id, "event \(event.id) of seed \(seed)")
      }
    }
  }
}

import Exploration
import Scenarios
import Simulation
public import SystemKit
import Text

/// Raft with everything on, which is what speed matters for.
public enum RaftBenchmarks {
  /// What speed is measured by.
  public static let all = [
    Benchmark(
      "raft-swarm",
      summary: "3 Raft servers, 4 clients, faults, all invariants, histories recorded and checked",
      bar: .ofReference(0.025)
    ) {
      (UInt64(1)...40).reduce(0) { $0 + raft.run(seed: $1, recording: .none).outcome.events }
    },
    Benchmark(
      "raft-sectors", summary: "the same worlds on disks of sectors",
      bar: .besides(benchmark: "raft-swarm", atMost: 2, without: "with records")
    ) {
      (UInt64(1)...40).reduce(0) {
        $0 + raftOnSectors.run(seed: $1, recording: .none).outcome.events
      }
    },
    Benchmark("without-snapshots", summary: "the same worlds, events only", bar: .none) {
      (UInt64(1)...40).reduce(0) { $0 + events(of: $1, snapshotEvery: .max) }
    },
    Benchmark(
      "snapshots", summary: "the same worlds, copied every 100 events",
      bar: .besides(benchmark: "without-snapshots", atMost: 2, without: "without")
    ) {
      (UInt64(1)...40).reduce(0) { $0 + events(of: $1, snapshotEvery: 100) }
    },
  ]

  private static let raft = experiment(BenchmarkScenario.text)
  private static let raftOnSectors = experiment(BenchmarkScenario.onSectors)

  private static func experiment(_ text: String) -> SimulationExperiment<RaftMachine> {
    do throws(ScenarioError) {
      let scenario = try Scenario(SourceText(text, file: "benchmark"))
      return try scenario.simulation(of: RaftMachine.setup(scenario, defects: []))
    } catch {
      fatalError("the benchmark scenario is malformed:\n\(error.render())")
    }
  }

  private static func events(of seed: UInt64, snapshotEvery interval: UInt64) -> UInt64 {
    var world = raft.world(seed: seed, recording: .none)
    var snapshot = world
    do {
      while try world.step() {
        if world.eventCount % interval == 0 { snapshot = world }
      }
    } catch {
      fatalError("the benchmark found a violation: \(error)")
    }
    precondition(snapshot.eventCount <= world.eventCount, "a snapshot lies in the past")
    return world.eventCount
  }
}

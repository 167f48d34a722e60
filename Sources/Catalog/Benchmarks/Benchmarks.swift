import Text
import Determinism
import Exploration
import Scenarios
import Simulation

/// The workloads by which speed is measured; whoever runs them brings the clock.
public enum Benchmarks {
  /// Work that counts the events it goes through.
  public struct Workload: Sendable {
    /// The name that reports use.
    public let name: String
    /// What is measured, in one sentence.
    public let summary: String
    /// Does one sample of the work, and returns how many events it had.
    public let run: @Sendable () -> UInt64
  }

  /// The bare loop that ratios refer to.
  public static let reference = Workload(
    name: "reference", summary: "a bare event loop: heap, slab, drawn delays, digest"
  ) {
    var loop = ReferenceLoop(seed: 1)
    let count = 8_000_000
    precondition(loop.run(events: count) != 0, "the digest of a loop that ran is not zero")
    return UInt64(count)
  }

  /// The simulator with the smallest machine.
  public static let eventLoop = Workload(
    name: "event-loop", summary: "the simulator with 5 echo nodes, 20 messages in flight, 1 % loss"
  ) {
    EchoWorld.run(nodes: 5, partners: 4, events: 4_000_000)
  }

  /// Raft with everything on.
  public static let raftSwarm = Workload(
    name: "raft-swarm",
    summary: "3 Raft servers, 4 clients, faults, all invariants, histories recorded and checked"
  ) {
    (UInt64(1)...40).reduce(0) { $0 + raft.run(seed: $1, recording: .none).outcome.events }
  }

  /// Raft with its journals in the bytes of a disk.
  public static let raftSectors = Workload(
    name: "raft-sectors", summary: "the same worlds on disks of sectors"
  ) {
    (UInt64(1)...40).reduce(0) {
      $0 + raftOnSectors.run(seed: $1, recording: .none).outcome.events
    }
  }

  /// Raft without snapshots, the base for the next one.
  public static let withoutSnapshots = Workload(
    name: "without-snapshots", summary: "the same worlds, events only"
  ) {
    (UInt64(1)...40).reduce(0) { $0 + events(of: $1, snapshotEvery: .max) }
  }

  /// Raft with a copy of the world every hundred events.
  public static let snapshots = Workload(
    name: "snapshots", summary: "the same worlds, copied every 100 events"
  ) {
    (UInt64(1)...40).reduce(0) { $0 + events(of: $1, snapshotEvery: 100) }
  }

  private static let raft = experiment(BenchmarkScenario.text)
  private static let raftOnSectors = experiment(BenchmarkScenario.onSectors)

  private static func experiment(_ text: String) -> SimulationExperiment<RaftSystem.Machine> {
    do throws(ScenarioError) {
      return try RaftSystem.experiment(Scenario(SourceText(text, file: "benchmark")))
    } catch {
      fatalError("the benchmark scenario is malformed:\n\(error.render())")
    }
  }

  /// The event loop with a number of nodes, each in play with its two successors.
  public static func eventLoop(nodes: Int, events: UInt64) -> Workload {
    Workload(name: "\(nodes) nodes, \(events) events", summary: "echo at another size") {
      EchoWorld.run(nodes: nodes, partners: 2, events: events)
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

/// The world of the echo benchmark.
private enum EchoWorld {
  static func run(nodes: Int, partners: Int, events: UInt64) -> UInt64 {
    let delay = DelayDistribution.uniform(shortest: Nanoseconds(500), longest: Nanoseconds(1_499))
    var configuration = WorldConfiguration(
      cluster: ClusterShape(serverCount: nodes, clientCount: 0),
      links: LinkConditions(delay: delay, loss: .percent(1)),
      journalSync: .constant(.microseconds(100)), chaos: .seconds(1_000), quiet: .zero)
    configuration.eventLimit = events
    var world = Simulator<Echo>(
      configuration: configuration,
      machine: Echo.Configuration(nodeCount: nodes, partners: partners), plan: FaultPlan(), seed: 1)
    do { try world.run() } catch { fatalError("echo has no rules to break: \(error)") }
    return world.eventCount
  }
}

import Determinism
import Simulation
import SystemKit

/// The event loop by itself: what every system pays.
enum EventLoopBenchmarks {
  /// How many events a sample of the bare loop has.
  private static let referenceEvents = 8_000_000

  /// Runs the bare loop that ratios refer to, and returns how many events it had.
  static func reference() -> UInt64 {
    var loop = ReferenceLoop(seed: 1)
    let digest = loop.run(events: referenceEvents)
    precondition(digest != 0, "the digest of a loop that ran is not zero")
    return UInt64(referenceEvents)
  }

  /// The simulator with the smallest machine.
  static let echo = Benchmark(
    "event-loop", summary: "the simulator with 5 echo nodes, 20 messages in flight, 1 % loss",
    bar: .ofReference(0.25)
  ) {
    run(nodes: 5, partners: 4, events: 4_000_000)
  }

  /// Runs the smallest machine on some nodes, each in play with its successors.
  ///
  /// Returns how many events there were.
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

import Text
import Checking
import Determinism
import Exploration
import Histories
import Scenarios
import Simulation
import Workloads

extension KeyValueWorkload {
  /// The name that scenarios use.
  static let name = "key-value"

  /// The checker in the form that experiments take.
  static let judge = HistoryJudge("linearizable", isPrefixClosed: true) {
    (history) throws(SpecificationError) in
    Assessment(try check(history))
  }

  /// Reads the section about clients.
  init(_ clients: StrictValue) throws(ScenarioError) {
    self.init()
    var workload = self
    try clients.object { (section) throws(ScenarioError) in try workload.decode(&section) }
    self = workload
  }

  private mutating func decode(_ section: inout StrictObject) throws(ScenarioError) {
    _ = try section.required("workload").choice(of: "workload", among: [Self.name])
    clients = try section.optional("count")?.integer(in: 1...32) ?? clients
    idleClients = try section.optional("idle")?.integer(in: 0...16) ?? idleClients
    concurrency = try section.optional("concurrency")?.integer(in: 1...64) ?? concurrency
    operations = try section.optional("operations")?.integer(in: 1...100_000) ?? operations
    keys = try section.optional("keys")?.integer(in: 1...1_000_000) ?? keys
    if let value = section.optional("mix") { mix = try Self.mix(value) }
    if let span = try section.optional("think")?.durationPair() {
      (thinkShortest, thinkLongest) = span
    }
    timeout = try section.optional("timeout")?.duration() ?? timeout
    attempts = try section.optional("attempts")?.integer(in: 1...1_000) ?? attempts
    retry = try section.optional("retry")?.choice(of: "retry") ?? retry
    readsFrom = try section.optional("reads_from")?.choice(of: "read target") ?? readsFrom
  }

  private static func mix(
    _ value: StrictValue
  ) throws(ScenarioError) -> (reads: UInt64, writes: UInt64, compareAndSets: UInt64) {
    let mix = try value.object { (section) throws(ScenarioError) in
      let bound: ClosedRange<UInt64> = 0...1_000
      let reads = try section.optional("read")?.integer(in: bound) ?? 0
      let writes = try section.optional("write")?.integer(in: bound) ?? 0
      let compareAndSets = try section.optional("cas")?.integer(in: bound) ?? 0
      return (reads: reads, writes: writes, compareAndSets: compareAndSets)
    }
    guard mix.reads + mix.writes + mix.compareAndSets > 0 else {
      throw value.failure("mix must give some operation a weight above zero")
    }
    return mix
  }
}

extension Scenario {
  /// The world of a cluster.
  func worldConfiguration(for cluster: ClusterShape) -> WorldConfiguration {
    var configuration = WorldConfiguration(
      cluster: cluster, links: world.links, journalSync: world.journalSync, chaos: world.chaos,
      quiet: world.quiet)
    configuration.disk = world.disk
    configuration.linkExceptions = world.linkExceptions
    configuration.inboxBound = world.inboxBound
    configuration.wallOffsetMost = world.wallOffsetMost
    configuration.clockSync = world.clockSync
    configuration.driftMost = world.driftMost
    configuration.eventLimit = world.eventLimit
    configuration.checksInvariants = checks.invariants
    configuration.stopsEarly = checks.stopsEarly
    return configuration
  }
}

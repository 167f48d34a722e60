import Determinism
import ProtocolKit
import Simulation

typealias World = Simulator<Probe>

extension World {
  /// A world of probes; without further words nothing goes wrong in it.
  init(
    _ habit: Probe.Habit, nodes: Int = 2, seed: UInt64 = 1, faults: [FaultPlan.Entry] = [],
    links: LinkConditions = LinkConditions(delay: .constant(.microseconds(300))),
    sync: DelayDistribution = .constant(.microseconds(700)),
    chaos: Nanoseconds = .milliseconds(100), quiet: Nanoseconds = .zero,
    beat: Nanoseconds = .milliseconds(1), beats: Int = .max, leaders: [Int] = [],
    recording: RecordingLevel = .none, adjust: (inout WorldConfiguration) -> Void = { _ in }
  ) {
    var configuration = WorldConfiguration(
      cluster: ClusterShape(serverCount: nodes, clientCount: 0), links: links, journalSync: sync,
      chaos: chaos, quiet: quiet)
    adjust(&configuration)
    self.init(
      configuration: configuration,
      machine: Probe.Configuration(
        nodeCount: nodes, habit: habit, beat: beat, beats: beats,
        leaders: leaders.map { NodeID($0) }),
      plan: FaultPlan(faults), seed: seed, recording: recording)
  }

  /// The world after its last event.
  func finished() throws -> World {
    var world = self
    try world.run()
    return world
  }

  /// The probe of the node at a place.
  func probe(_ place: Int) throws -> Probe {
    guard let probe = machine(of: NodeID(place)) else { throw NodeIsDown(node: NodeID(place)) }
    return probe
  }

  /// What one node heard from another, in order of arrival.
  func numbers(from sender: Int, to recipient: Int) throws -> [UInt64] {
    try probe(recipient).heard.filter { $0.sender == NodeID(sender) }.map(\.number)
  }
}

/// A test asked a node that does not run.
struct NodeIsDown: Error {
  let node: NodeID
}

extension FaultPlan.Entry {
  /// A fault between two times in microseconds since the start.
  init(_ fault: Fault, from begin: Int64, to end: Int64) {
    self.init(
      begins: .start + .microseconds(begin), lasts: .microseconds(end - begin), fault: fault)
  }
}

extension Fault {
  static func cut(_ shape: CutFault.Shape, _ group: [Int], from others: [Int]) -> Fault {
    .cut(
      CutFault(
        shape: shape, group: group.map { NodeID($0) }, others: others.map { NodeID($0) }))
  }

  static func clog(_ group: [Int], from others: [Int], isOneWay: Bool = false) -> Fault {
    .clog(
      ClogFault(
        group: group.map { NodeID($0) }, others: others.map { NodeID($0) }, isOneWay: isOneWay))
  }

  static func crash(_ place: Int) -> Fault { .crash(CrashFault(node: NodeID(place))) }

  static func powerLoss(_ place: Int) -> Fault {
    .powerLoss(PowerLossFault(node: NodeID(place)))
  }

  static func pause(_ place: Int) -> Fault { .pause(PauseFault(node: NodeID(place))) }

  static func clock(_ place: Int, drift: Int64, step: Nanoseconds = .zero) -> Fault {
    .clock(ClockFault(node: NodeID(place), drift: drift, step: step))
  }
}

extension FaultProfile {
  /// Every kind of fault, often.
  static var everything: FaultProfile { everything(victims: Array(0..<4)) }

  /// Every kind of fault, often, at some nodes.
  static func everything(victims: [Int]) -> FaultProfile {
    let rhythm = Rhythm(
      every: .milliseconds(20), shortest: .milliseconds(1), longest: .milliseconds(15))
    // All others have defaults for whatever they declare.
    let said: [FaultKind: KeyValuePairs<String, ParameterValue>] = [
      .cut: ["shapes": .names(CutFault.Shape.allCases.map(\.rawValue))],
      .clock: ["drift_ppb": .integer(100_000_000), "step": .duration(.milliseconds(50))],
      .aimedPause: [
        "after": .text("started"), "probability": .ratio(.percent(50)),
        "pause": .span(.milliseconds(1) ... .milliseconds(9)),
      ],
      .aimedCrash: [
        "after": .text("started"), "probability": .ratio(.percent(30)),
        "down": .span(.milliseconds(1) ... .milliseconds(9)), "power": .flag(true),
      ],
      .slowNode: ["service": .span(.microseconds(50) ... .microseconds(900))],
      .crashLoop: [
        "down": .span(.microseconds(200) ... .milliseconds(2)),
        "up": .span(.microseconds(10) ... .milliseconds(2)),
      ],
      .rollingRestart: ["gap": .duration(.milliseconds(1))],
      .rollingUpgrade: ["gap": .duration(.milliseconds(1))],
      .clockStep: ["step": .duration(.milliseconds(50))],
      .clockSlew: ["rate_ppb": .integer(500_000_000)],
      .timeSyncFailure: ["false_by": .duration(.milliseconds(80))],
    ]
    let kinds = FaultKind.allCases.map { FaultParameters($0, with: said[$0]) }
    var profile = FaultProfile(kinds, rhythm, victims: victims, maxDown: 5)
    profile.domains = [[NodeID(0), NodeID(1)], [NodeID(2)]]
    return profile
  }

  /// Some kinds of fault in one rhythm.
  init(
    _ kinds: [FaultParameters], _ rhythm: Rhythm, victims: [Int] = [0, 1], maxDown: Int = 0
  ) {
    self.init()
    entries = kinds.map {
      Entry(parameters: $0, rhythm: rhythm, victims: victims.map { NodeID($0) })
    }
    self.maxDown = .atMost(maxDown)
  }
}

extension World {
  /// A seed's world in which everything can go wrong and every effect is used.
  static func wild(
    seed: UInt64, habit: Probe.Habit = .everything, disk: DiskModel = .records,
    recording: RecordingLevel = .none
  ) -> World {
    let cluster = ClusterShape(serverCount: 4, clientCount: 0)
    let plan = FaultProfile.everything.plan(
      for: cluster, within: .milliseconds(200), Randomness(seed: seed))
    let links = LinkConditions(
      delay: .exponential(shortest: .microseconds(100), mean: .milliseconds(1)),
      loss: .percent(5), duplication: .percent(5), reordering: .percent(5),
      holdBack: .milliseconds(20))
    return World(
      habit, nodes: 4, seed: seed, faults: plan.entries, links: links,
      sync: .exponential(shortest: .microseconds(50), mean: .milliseconds(1)),
      chaos: .milliseconds(200), quiet: .milliseconds(50), recording: recording
    ) { configuration in
      configuration.wallOffsetMost = .milliseconds(100)
      configuration.driftMost = 1_000_000
      configuration.disk = disk
      configuration.inboxBound = 4
      var slow = links
      (slow.corruption, slow.order) = (.percent(5), .fifo)
      slow.bandwidth = Bandwidth(bytesPerSecond: 20_000, queueBytes: 200)
      var trusting = links
      (trusting.corruption, trusting.isTrusting) = (.percent(5), true)
      configuration.linkExceptions = [
        LinkException(from: [NodeID(0)], to: [NodeID(1), NodeID(2)], conditions: slow),
        LinkException(from: [NodeID(1)], to: [NodeID(2), NodeID(3)], conditions: trusting),
      ]
      configuration.clockSync = ClockSync(every: .milliseconds(10), error: .milliseconds(1))
    }
  }
}

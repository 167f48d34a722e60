import Determinism
import ProtocolKit

/// Turns a profile and a seed into a plan.
struct FaultSampler {
  let profile: FaultProfile
  let cluster: ClusterShape
  let span: Nanoseconds
  let randomness: Randomness

  private var entries: [FaultPlan.Entry] = []

  init(
    profile: FaultProfile, cluster: ClusterShape, span: Nanoseconds, randomness: Randomness
  ) {
    self.profile = profile
    self.cluster = cluster
    self.span = span
    self.randomness = randomness
  }

  mutating func plan() -> FaultPlan {
    for kind in FaultKind.allCases {
      guard let rhythm = rhythm(of: kind), isSwitchedOn(kind) else { continue }
      sample(kind, paced(rhythm, kind))
    }
    return FaultPlan(entries)
  }

  private func rhythm(of kind: FaultKind) -> FaultProfile.Rhythm? {
    switch kind {
    case .cut: profile.cuts?.rhythm
    case .crash: profile.crashes
    case .powerLoss: profile.powerLosses
    case .pause: profile.pauses
    case .clock: profile.clocks
    }
  }

  /// In a swarm every kind is off in one run of three: always-on faults suppress bugs.
  private func isSwitchedOn(_ kind: FaultKind) -> Bool {
    !profile.isSwarm || !randomness.draw(.swarm, subject(kind), 0).happens(Ratio(1, in: 3))
  }

  /// In a swarm a kind comes up to four times as rarely as configured, and half as often again.
  private func paced(_ rhythm: FaultProfile.Rhythm, _ kind: FaultKind) -> FaultProfile.Rhythm {
    guard profile.isSwarm else { return rhythm }
    let draw = randomness.draw(.swarm, subject(kind), 1)
    let every = draw.between(rhythm.every * 2 / 3, rhythm.every * 4)
    return FaultProfile.Rhythm(every: every, shortest: rhythm.shortest, longest: rhythm.longest)
  }

  private func subject(_ kind: FaultKind) -> UInt64 {
    // The numbers are part of what a seed means.
    switch kind {
    case .cut: 1
    case .crash: 2
    case .powerLoss: 3
    case .pause: 4
    case .clock: 5
    }
  }

  private mutating func sample(_ kind: FaultKind, _ rhythm: FaultProfile.Rhythm) {
    var begins = Instant.start
    for ordinal in UInt64(0)..<10_000 {
      let draw = randomness.draw(.faultPlan, subject(kind), ordinal)
      begins = begins + draw.purpose(1).exponential(mean: rhythm.every)
      let rest = Instant.start + span - begins
      guard rest > .zero else { return }
      let lasts = min(draw.purpose(2).between(rhythm.shortest, rhythm.longest), rest)
      guard let fault = fault(kind, draw.purpose(3)) else { continue }
      let entry = FaultPlan.Entry(begins: begins, lasts: lasts, fault: fault)
      if staysInsideBudget(entry) { entries.append(entry) }
    }
  }

  private func fault(_ kind: FaultKind, _ draw: Draw) -> Fault? {
    if kind == .cut {
      guard let shapes = profile.cuts?.shapes, cluster.serverCount > 1 else { return nil }
      return .cut(.sample(shapes, in: cluster, draw))
    }
    guard let node = draw.purpose(1).element(of: victims) else { return nil }
    return switch kind {
    case .cut: nil
    case .crash: .crash(CrashFault(node: node))
    case .powerLoss: .powerLoss(PowerLossFault(node: node))
    case .pause: .pause(PauseFault(node: node))
    case .clock:
      .clock(
        .sample(
          at: node, driftMost: profile.driftMost, stepMost: profile.stepMost, draw.purpose(2)))
    }
  }

  private var victims: [NodeID] {
    switch profile.victims {
    case .servers: cluster.servers
    case .clients: cluster.clients
    case .all: cluster.servers + cluster.clients
    }
  }

  /// Whether at most the permitted number of servers is down at any time, this one included.
  private func staysInsideBudget(_ entry: FaultPlan.Entry) -> Bool {
    guard let victim = Self.serverDown(by: entry.fault, in: cluster) else { return true }
    let overlapping = entries.compactMap { other -> NodeID? in
      let isApart =
        other.begins + other.lasts < entry.begins || entry.begins + entry.lasts < other.begins
      return isApart ? nil : Self.serverDown(by: other.fault, in: cluster)
    }
    let down = overlapping.reduce(into: NodeSet(victim)) { $0.insert($1) }
    return down.count <= profile.maxDown
  }

  private static func serverDown(by fault: Fault, in cluster: ClusterShape) -> NodeID? {
    switch fault {
    case .crash(let crash): crash.node.denseIndex < cluster.serverCount ? crash.node : nil
    case .powerLoss(let loss): loss.node.denseIndex < cluster.serverCount ? loss.node : nil
    case .cut, .pause, .clock: nil
    }
  }
}

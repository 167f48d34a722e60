import Text
import Determinism
import ProtocolKit
import Simulation

/// How scripted faults are read: each says what happens, when and for how long.
extension FaultSection {
  static func scripted(
    _ value: StrictValue, _ cluster: ClusterShape, chaos: Instant, _ disk: DiskModel
  ) throws(ScenarioError) -> [FaultPlan.Entry] {
    try value.object { (section) throws(ScenarioError) in
      let atValue = try section.required("at")
      let begins = Instant.start + (try atValue.duration())
      guard begins < chaos else {
        throw atValue.failure("faults must begin before the chaos phase ends at \(chaos)")
      }
      let lasts = try section.required("for").duration()
      let kindValue = try section.required("do")
      let kind = try kindValue.choice(of: "fault", as: FaultKind.self)
      try require(disk, for: kind, kindValue)
      switch kind {
      case .crashLoop:
        let node = try section.victim(cluster)
        let (down, up) = (
          try section.required("down").duration(), try section.required("up").duration()
        )
        return FaultPlan.Entry.crashLoop(
          of: node, from: begins, to: min(begins + lasts, chaos), down...down, up...up,
          Randomness(seed: 0).draw(.faultPlan))
      case .rollingRestart, .rollingUpgrade:
        return try rolling(kind, &section, cluster, from: begins, to: chaos, down: lasts)
      default:
        let fault = try fault(kind, &section, cluster, lasts: lasts)
        if case .cut(let cut) = fault, cut.shape == .flapping {
          return CutFault.flapping(
            group: cut.group, others: cut.others, period: try period(&section), from: begins,
            lasting: lasts)
        }
        return [FaultPlan.Entry(begins: begins, lasts: lasts, fault: fault)]
      }
    }
  }

  /// A step for every server, or for those that are listed, each down for the same time.
  private static func rolling(
    _ kind: FaultKind, _ section: inout StrictObject, _ cluster: ClusterShape,
    from begins: Instant, to end: Instant, down: Nanoseconds
  ) throws(ScenarioError) -> [FaultPlan.Entry] {
    let nodes = try section.optional("nodes")?.nodes(cluster) ?? cluster.servers
    let gap = try section.gap()
    let version = kind == .rollingUpgrade ? try section.release() : nil
    return FaultPlan.Entry.rolling(
      nodes, from: begins, to: end, gap: gap, nodes.map { _ in down }
    ) { node in
      version.map { .rollingUpgrade(RollingUpgradeFault(node: node, version: $0)) }
        ?? .rollingRestart(RollingRestartFault(node: node))
    }
  }

  private static func fault(
    _ kind: FaultKind, _ section: inout StrictObject, _ cluster: ClusterShape,
    lasts: Nanoseconds
  ) throws(ScenarioError) -> Fault {
    switch kind {
    case .cut: return .cut(try cut(&section, cluster))
    case .clog: return .clog(try clog(&section, cluster))
    case .aimedPause: return .aimedPause(try AimedPauseFault(section: &section, cluster))
    case .crash: return .crash(CrashFault(node: try section.victim(cluster)))
    case .crashLoop: return .crashLoop(CrashLoopFault(node: try section.victim(cluster)))
    case .rollingRestart:
      return .rollingRestart(RollingRestartFault(node: try section.victim(cluster)))
    case .rollingUpgrade:
      return .rollingUpgrade(
        RollingUpgradeFault(node: try section.victim(cluster), version: try section.release()))
    case .powerLoss: return .powerLoss(PowerLossFault(node: try section.victim(cluster)))
    case .pause: return .pause(PauseFault(node: try section.victim(cluster)))
    case .wipe: return .wipe(WipeFault(node: try section.victim(cluster)))
    case .twins: return .twins(TwinsFault(node: try section.victim(cluster)))
    case .slowNode:
      return .slowNode(
        SlowNodeFault(
          node: try section.victim(cluster), service: try section.required("service").duration()))
    case .clock, .clockStep, .clockFreeze, .clockSlew, .leapSmear, .timeSyncFailure:
      return try clockFault(kind, &section, at: section.victim(cluster), lasts: lasts)
    default: return try diskFault(kind, &section, at: section.victim(cluster))
    }
  }

  private static func clockFault(
    _ kind: FaultKind, _ section: inout StrictObject, at node: NodeID, lasts: Nanoseconds
  ) throws(ScenarioError) -> Fault {
    switch kind {
    case .clockStep:
      let step = try section.required("step").signedDuration()
      return .clockStep(ClockStepFault(node: node, step: step))
    case .clockFreeze:
      let includesMonotonic = try section.optional("both")?.boolean() ?? false
      return .clockFreeze(ClockFreezeFault(node: node, includesMonotonic: includesMonotonic))
    case .clockSlew:
      let byValue = try section.required("by")
      let amount = try byValue.signedDuration()
      guard amount > .zero - lasts else {
        throw byValue.failure("a clock cannot lose more time than the slew lasts")
      }
      return .clockSlew(ClockSlewFault(node: node, amount: amount, window: lasts))
    case .leapSmear:
      guard lasts >= LeapSmearFault.shortestWindow else {
        throw section.failure("a leap second is smeared over at least two seconds")
      }
      return .leapSmear(LeapSmearFault(node: node, window: lasts))
    case .timeSyncFailure:
      let falseBy = try section.optional("false_by")?.signedDuration()
      return .timeSyncFailure(TimeSyncFailureFault(node: node, falseBy: falseBy))
    default:
      let bound: Int64 = 500_000_000
      return .clock(
        ClockFault(
          node: node, drift: try section.optional("drift_ppb")?.integer(in: -bound...bound) ?? 0,
          step: try section.optional("step")?.signedDuration() ?? .zero))
    }
  }
}

extension AimedPauseFault {
  fileprivate init(
    section: inout StrictObject, _ cluster: ClusterShape
  ) throws(ScenarioError) {
    self.init(
      mark: try section.required("after").string(),
      nodes: try section.optional("nodes")?.nodes(cluster) ?? cluster.servers,
      probability: try section.optional("probability")?.ratio() ?? .percent(100),
      lasts: try section.required("pause").durationRange())
  }
}

extension StrictObject {
  /// The node that a fault hits.
  fileprivate mutating func victim(_ cluster: ClusterShape) throws(ScenarioError) -> NodeID {
    try required("node").node(cluster)
  }
}

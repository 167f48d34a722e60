public import Determinism
import ProtocolKit

/// The parameters of one kind, from which each occurrence is drawn.
public enum FaultParameters: Hashable, Sendable {
  /// Partitions of these shapes.
  case cut(shapes: [CutFault.Shape])
  /// Crashes.
  case crash
  /// Power losses.
  case powerLoss
  /// Pauses.
  case pause
  /// Clock faults with at most this drift in parts per billion and this step.
  case clock(driftMost: Int64, stepMost: Nanoseconds)
  /// Pauses after a mark.
  case aimedPause(mark: String, probability: Ratio, lasts: ClosedRange<Nanoseconds>)
  /// Slow nodes with a service time in these bounds.
  case slowNode(service: ClosedRange<Nanoseconds>)
  /// Crash loops with times down and up in these bounds.
  case crashLoop(down: ClosedRange<Nanoseconds>, up: ClosedRange<Nanoseconds>)
  /// Wipes.
  case wipe
  /// Rolling restarts with this time between one server's return and the next one's restart.
  case rollingRestart(gap: Nanoseconds)
  /// Rolling upgrades to a release.
  case rollingUpgrade(version: Int, gap: Nanoseconds)
  /// Steps of wall clocks.
  case clockStep(most: Nanoseconds)
  /// Frozen clocks.
  case clockFreeze(includesMonotonic: Bool)
  /// Slews of wall clocks at no more than this rate in parts per billion.
  case clockSlew(rateMost: Int64)
  /// Smeared leap seconds.
  case leapSmear
  /// Failures of time synchronisation; with a false source that is off by at most this.
  case timeSyncFailure(falseByMost: Nanoseconds?)
  /// Twins.
  case twins
  /// Clogs.
  case clog
  /// Slow disks, at most this many times as slow.
  case slowDisk(factorMost: Int64)
  /// Disks that stand still.
  case stalledDisk
  /// Disks without room.
  case fullDisk
  /// Failing syncs, with page caches of these kinds.
  case syncError(caches: [PageCache])
  /// Sectors torn by losses of power.
  case tornWrite
  /// Bits that turn over.
  case bitRot
  /// Sectors that become unreadable.
  case latentSectorError
  /// Sectors written to the wrong place.
  case misdirectedWrite

  /// The kind.
  public var kind: FaultKind {
    switch self {
    case .cut: .cut
    case .crash: .crash
    case .powerLoss: .powerLoss
    case .pause: .pause
    case .clock: .clock
    case .aimedPause: .aimedPause
    case .slowNode: .slowNode
    case .crashLoop: .crashLoop
    case .wipe: .wipe
    case .rollingRestart: .rollingRestart
    case .rollingUpgrade: .rollingUpgrade
    case .clockStep: .clockStep
    case .clockFreeze: .clockFreeze
    case .clockSlew: .clockSlew
    case .leapSmear: .leapSmear
    case .timeSyncFailure: .timeSyncFailure
    case .twins: .twins
    case .clog: .clog
    case .slowDisk: .slowDisk
    case .stalledDisk: .stalledDisk
    case .fullDisk: .fullDisk
    case .syncError: .syncError
    case .tornWrite: .tornWrite
    case .bitRot: .bitRot
    case .latentSectorError: .latentSectorError
    case .misdirectedWrite: .misdirectedWrite
    }
  }
}

/// When a sampled fault happens.
struct FaultTime {
  /// When it begins.
  let begins: Instant
  /// How long it was drawn to last.
  let drawn: Nanoseconds
  /// When no fault may last any longer.
  let end: Instant
  /// The shortest and the longest it lasts.
  let bounds: ClosedRange<Nanoseconds>

  /// How long it lasts before everything ends.
  var lasts: Nanoseconds { min(drawn, end - begins) }
}

/// How occurrences are drawn.
extension FaultParameters {
  /// Draws one occurrence, as one or several entries of a plan; none when there is no victim.
  func sample(
    _ entry: FaultProfile.Entry, in cluster: ClusterShape, _ domains: [[NodeID]],
    at time: FaultTime, _ draw: Draw
  ) -> [FaultPlan.Entry] {
    switch self {
    case .cut(let shapes):
      return CutSampler(
        cluster: cluster, domains: domains, begins: time.begins, lasts: time.lasts
      ).sample(shapes, draw)
    case .rollingRestart(let gap):
      return FaultPlan.Entry.rolling(cluster.servers, at: time, gap: gap, draw) { node in
        .rollingRestart(RollingRestartFault(node: node))
      }
    case .rollingUpgrade(let version, let gap):
      return FaultPlan.Entry.rolling(cluster.servers, at: time, gap: gap, draw) { node in
        .rollingUpgrade(RollingUpgradeFault(node: node, version: version))
      }
    case .crashLoop(let down, let up):
      let node = draw.purpose(1).element(of: entry.victims.nodes(in: cluster))
      return node.map {
        FaultPlan.Entry.crashLoop(
          of: $0, from: time.begins, to: time.begins + time.lasts, down, up, draw.purpose(2))
      } ?? []
    default:
      return faults(entry, in: cluster, domains, at: time, draw).map {
        FaultPlan.Entry(begins: time.begins, lasts: time.lasts, fault: $0)
      }
    }
  }

  /// Draws faults that begin and end together: one, or one for each victim in a domain.
  private func faults(
    _ entry: FaultProfile.Entry, in cluster: ClusterShape, _ domains: [[NodeID]],
    at time: FaultTime, _ draw: Draw
  ) -> [Fault] {
    let possible = entry.victims.nodes(in: cluster)
    switch self {
    case .clog: return cluster.serverCount > 1 ? [.clog(.sample(in: cluster, draw))] : []
    case .aimedPause(let mark, let probability, let lasts):
      return [
        .aimedPause(
          AimedPauseFault(mark: mark, nodes: possible, probability: probability, lasts: lasts))
      ]
    default:
      var victims = draw.purpose(1).element(of: possible).map { [$0] } ?? []
      if entry.scope == .domain {
        let hit = domains.map { $0.filter(possible.contains) }.filter { !$0.isEmpty }
        victims = draw.purpose(1).element(of: hit) ?? []
      }
      return victims.compactMap { atNode($0, at: time, draw.purpose(2)) }
    }
  }

  /// Draws a fault of a node.
  private func atNode(_ node: NodeID, at time: FaultTime, _ draw: Draw) -> Fault? {
    switch self {
    case .crash: .crash(CrashFault(node: node))
    case .powerLoss: .powerLoss(PowerLossFault(node: node))
    case .pause: .pause(PauseFault(node: node))
    case .clock(let driftMost, let stepMost):
      .clock(.sample(at: node, driftMost: driftMost, stepMost: stepMost, draw))
    case .slowNode(let service):
      .slowNode(SlowNodeFault(node: node, service: draw.between(service)))
    case .wipe: .wipe(WipeFault(node: node))
    case .twins: .twins(TwinsFault(node: node))
    case .clockStep(let most):
      .clockStep(ClockStepFault(node: node, step: draw.between(.zero - most, most)))
    case .clockFreeze(let includesMonotonic):
      .clockFreeze(ClockFreezeFault(node: node, includesMonotonic: includesMonotonic))
    case .clockSlew(let rateMost):
      .clockSlew(.sample(at: node, rateMost: rateMost, over: time.lasts, draw))
    case .leapSmear: .leapSmear(LeapSmearFault(node: node, window: time.drawn))
    case .timeSyncFailure(let most):
      .timeSyncFailure(
        TimeSyncFailureFault(node: node, falseBy: most.map { draw.between(.zero - $0, $0) }))
    case .slowDisk(let most): .slowDisk(.sample(at: node, factorMost: most, draw))
    case .stalledDisk: .stalledDisk(StalledDiskFault(node: node))
    case .fullDisk: .fullDisk(FullDiskFault(node: node))
    case .syncError(let caches):
      .syncError(SyncErrorFault(node: node, cache: draw.element(of: caches) ?? .dropped))
    case .tornWrite: .tornWrite(TornWriteFault(node: node))
    case .bitRot: .bitRot(BitRotFault(node: node, place: draw.bits))
    case .latentSectorError:
      .latentSectorError(LatentSectorErrorFault(node: node, place: draw.bits))
    case .misdirectedWrite:
      .misdirectedWrite(MisdirectedWriteFault(node: node, place: draw.bits))
    case .cut, .clog, .aimedPause, .crashLoop, .rollingRestart, .rollingUpgrade: nil
    }
  }
}

extension Draw {
  /// A span between two bounds, both possible.
  func between(_ bounds: ClosedRange<Nanoseconds>) -> Nanoseconds {
    between(bounds.lowerBound, bounds.upperBound)
  }
}

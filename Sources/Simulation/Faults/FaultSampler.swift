import Determinism
import ProtocolKit

/// Turns a profile and a seed into a plan.
struct FaultSampler {
  private let profile: FaultProfile
  private let cluster: ClusterShape
  private let span: Nanoseconds
  private let randomness: Randomness
  private var planned: [FaultPlan.Entry] = []

  init(
    profile: FaultProfile, cluster: ClusterShape, span: Nanoseconds, randomness: Randomness
  ) {
    self.profile = profile
    self.cluster = cluster
    self.span = span
    self.randomness = randomness
  }

  mutating func plan() -> FaultPlan {
    // In the order of kinds, not of the scenario file: the order of a plan is part of its meaning.
    for kind in FaultKind.allCases {
      guard let entry = profile.entries.first(where: { $0.parameters.kind == kind }),
        isSwitchedOn(kind)
      else { continue }
      sample(entry, kind)
    }
    return FaultPlan(planned)
  }

  /// In a swarm every kind is off in one run of three: always-on faults suppress bugs.
  private func isSwitchedOn(_ kind: FaultKind) -> Bool {
    !profile.isSwarm || !randomness.draw(.swarm, kind.keyNumber, 0).happens(Ratio(1, in: 3))
  }

  /// In a swarm a kind comes up to four times as rarely as configured, and half as often again.
  private func pace(of rhythm: FaultProfile.Rhythm, _ kind: FaultKind) -> Nanoseconds {
    guard profile.isSwarm else { return rhythm.every }
    let draw = randomness.draw(.swarm, kind.keyNumber, 1)
    return draw.between(rhythm.every * 2 / 3, rhythm.every * 4)
  }

  private mutating func sample(_ entry: FaultProfile.Entry, _ kind: FaultKind) {
    let every = pace(of: entry.rhythm, kind)
    var begins = Instant.start
    for ordinal in UInt64(0)..<10_000 {
      let draw = randomness.draw(.faultPlan, kind.keyNumber, ordinal)
      begins = begins + draw.purpose(1).exponential(mean: every)
      let rest = Instant.start + span - begins
      guard rest > .zero else { return }
      let lasts = min(draw.purpose(2).between(entry.rhythm.shortest, entry.rhythm.longest), rest)
      let occurrence = occurrence(of: entry, from: begins, lasting: lasts, draw.purpose(3))
      if staysInsideBudget(occurrence) { planned += occurrence }
    }
  }

  /// Draws one occurrence as entries of the plan: none when the cluster offers no victim, several
  /// when it hits a whole domain or unfolds in time.
  private func occurrence(
    of entry: FaultProfile.Entry, from begins: Instant, lasting lasts: Nanoseconds, _ draw: Draw
  ) -> [FaultPlan.Entry] {
    switch entry.parameters {
    case .cut(let shapes):
      return CutSampler(cluster: cluster, domains: profile.domains, begins: begins, lasts: lasts)
        .sample(shapes, draw)
    case .clog:
      guard cluster.serverCount > 1 else { return [] }
      let clog = Fault.clog(.sample(in: cluster, draw))
      return [FaultPlan.Entry(begins: begins, lasts: lasts, fault: clog)]
    default:
      return victims(of: entry, draw.purpose(1)).compactMap { node in
        entry.parameters.fault(at: node, draw).map {
          FaultPlan.Entry(begins: begins, lasts: lasts, fault: $0)
        }
      }
    }
  }

  /// The node that is hit, or all possible victims in the domain that is hit.
  private func victims(of entry: FaultProfile.Entry, _ draw: Draw) -> [NodeID] {
    let possible = entry.victims.nodes(in: cluster)
    switch entry.scope {
    case .node: return draw.element(of: possible).map { [$0] } ?? []
    case .domain:
      let domains = profile.domains.map { $0.filter(possible.contains) }.filter { !$0.isEmpty }
      return draw.element(of: domains) ?? []
    }
  }

  /// Whether the contract permits an occurrence, and no more servers than permitted are down.
  private func staysInsideBudget(_ occurrence: [FaultPlan.Entry]) -> Bool {
    if let contract = profile.contract, !occurrence.allSatisfy({ contract.permits($0.fault) }) {
      return false
    }
    let victims = occurrence.compactMap { serverDown(by: $0.fault) }
    guard !victims.isEmpty else { return true }
    let overlapping = planned.compactMap { other -> NodeID? in
      let isApart = occurrence.allSatisfy { entry in
        end(of: other) < entry.begins || end(of: entry) < other.begins
      }
      return isApart ? nil : serverDown(by: other.fault)
    }
    let down = (victims + overlapping).reduce(into: NodeSet()) { $0.insert($1) }
    return down.count <= min(profile.maxDown, profile.contract?.serversDown ?? profile.maxDown)
  }

  /// Until when a fault may keep a node down.
  private func end(of entry: FaultPlan.Entry) -> Instant {
    entry.fault.behaviour.isLasting ? .start + span : entry.begins + entry.lasts
  }

  private func serverDown(by fault: Fault) -> NodeID? {
    fault.behaviour.nodeDown.flatMap { $0.denseIndex < cluster.serverCount ? $0 : nil }
  }
}

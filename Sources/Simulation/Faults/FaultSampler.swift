import Determinism
import ProtocolKit

/// Turns a profile and a seed into a plan.
struct FaultSampler {
  private let profile: FaultProfile
  private let cluster: ClusterShape
  private let span: Nanoseconds
  private let randomness: Randomness
  private var planned: [FaultPlan.Entry] = []
  private var downtimes: [Downtime] = []

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
    !profile.isSwarm || !randomness.draw(.swarm, kind.key, 0).happens(Ratio(1, in: 3))
  }

  /// In a swarm a kind comes up to four times as rarely as configured, and half as often again.
  private func pace(of rhythm: FaultProfile.Rhythm, _ kind: FaultKind) -> Nanoseconds {
    guard profile.isSwarm else { return rhythm.every }
    let draw = randomness.draw(.swarm, kind.key, 1)
    return draw.between(rhythm.every * 2 / 3, rhythm.every * 4)
  }

  private mutating func sample(_ entry: FaultProfile.Entry, _ kind: FaultKind) {
    let every = pace(of: entry.rhythm, kind)
    var begins = Instant.start
    for ordinal in UInt64(0)..<10_000 {
      let draw = randomness.draw(.faultPlan, kind.key, ordinal)
      begins = begins + draw.purpose(1).exponential(mean: every)
      let end = Instant.start + span
      guard begins < end else { return }
      let bounds = entry.rhythm.shortest...entry.rhythm.longest
      let time = FaultTime(
        begins: begins, drawn: draw.purpose(2).between(bounds), end: end, bounds: bounds)
      let occasion = FaultOccasion(
        entry: entry, cluster: cluster, domains: profile.domains, time: time)
      plan(kind.type.draw(occasion, by: draw.purpose(3)))
    }
  }

  /// Plans an occurrence, unless the contract forbids it or too many servers would be down.
  private mutating func plan(_ occurrence: [FaultPlan.Entry]) {
    if let contract = profile.contract, !occurrence.allSatisfy({ contract.permits($0.fault) }) {
      return
    }
    let budgets = [profile.maxDown, profile.contract?.maxDown ?? profile.maxDown]
    let added = occurrence.compactMap { $0.downtime(in: cluster, until: .start + span) }
    let all = downtimes + added
    let staysInsideBudget = added.allSatisfy { time in
      let atOnce = all.filter { $0.begins <= time.ends && time.begins <= $0.ends }
      return budgets.allSatisfy { !cluster.exceeds($0, atOnce.map(\.server)) }
    }
    guard staysInsideBudget else { return }
    downtimes = all
    planned += occurrence
  }
}

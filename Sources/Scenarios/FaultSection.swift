import Text
import Determinism
import ProtocolKit
import Simulation

/// How the section about faults is read: a profile that seeds draw from, and a script.
enum FaultSection {
  static func decode(
    _ section: inout StrictObject, _ cluster: ClusterShape, chaos: Instant, disk: DiskModel
  ) throws(ScenarioError) -> (FaultProfile, FaultPlan) {
    var profile = FaultProfile()
    profile.isSwarm = try section.optional("swarm")?.boolean() ?? false
    let victims = try section.optional("victims")?.nodes(cluster) ?? cluster.servers
    profile.maxDown = try budget(&section, cluster)
    profile.domains =
      try section.optional("domains")?.list { (value) throws(ScenarioError) in
        try domain(value, in: cluster)
      } ?? []
    for kind in FaultKind.allCases {
      guard let value = section.optional(kind.rawValue) else { continue }
      try require(disk, for: kind, at: value)
      profile.entries.append(
        try value.object { (section) throws(ScenarioError) in
          try entry(
            of: kind, &section, in: cluster, profile: profile, victims: victims)
        })
    }
    let entries = try section.optional("script")?.list { (value) throws(ScenarioError) in
      try scripted(value, in: cluster, chaos: chaos, disk: disk)
    }
    return (profile, FaultPlan(entries?.flatMap { $0 } ?? []))
  }

  /// Reads what the system promises to survive; a wipe is no part of it unless it is listed.
  static func contract(
    _ section: inout StrictObject, _ cluster: ClusterShape
  ) throws(ScenarioError) -> FaultContract {
    let down = try budget(&section, cluster)
    let kinds = try section.optional("faults")?.list { (value) throws(ScenarioError) in
      try value.choice(of: "fault", as: FaultKind.self)
    }
    return FaultContract(
      maxDown: down,
      driftMost: try section.optional("drift_ppb")?.integer(in: 0...500_000_000) ?? 500_000_000,
      kinds: kinds ?? FaultKind.allCases.filter(\.isPromised))
  }

  /// How many servers of one group may be down at once: a minority unless the section says otherwise.
  private static func budget(
    _ section: inout StrictObject, _ cluster: ClusterShape
  ) throws(ScenarioError) -> DownBudget {
    try section.optional("max_down").map { (value) throws(ScenarioError) in
      .atMost(try value.integer(in: 0...(cluster.groups.map(\.count).max() ?? 0)))
    } ?? .minority
  }

  /// The nodes that share a zone or a rack.
  private static func domain(
    _ value: StrictValue, in cluster: ClusterShape
  ) throws(ScenarioError) -> [NodeID] {
    let nodes = try value.nodes(cluster)
    guard !nodes.isEmpty else { throw value.failure("a domain needs at least one node") }
    return nodes
  }

  /// What a script says: what happens, when and for how long.
  private static func scripted(
    _ value: StrictValue, in cluster: ClusterShape, chaos: Instant, disk: DiskModel
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
      try require(disk, for: kind, at: kindValue)
      let script = FaultScript(
        values: try section.values(of: kind.scripted, in: cluster), begins: begins, lasts: lasts,
        chaosEnds: chaos, cluster: cluster)
      do throws(FaultComplaint) {
        return try kind.script(script)
      } catch {
        throw section.failure(error)
      }
    }
  }

  /// What a profile says about one kind.
  private static func entry(
    of kind: FaultKind, _ section: inout StrictObject, in cluster: ClusterShape,
    profile: FaultProfile, victims: [NodeID]
  ) throws(ScenarioError) -> FaultProfile.Entry {
    let values = try section.values(of: kind.drawn, in: cluster)
    let rhythm = try rhythm(&section)
    do throws(FaultComplaint) {
      try kind.validate(
        FaultDraft(
          values: values, shortest: rhythm.shortest, cluster: cluster, domains: profile.domains,
          maxDown: profile.maxDown))
    } catch {
      throw section.failure(error)
    }
    return FaultProfile.Entry(
      parameters: FaultParameters(kind, values: values), rhythm: rhythm,
      victims: try section.optional("victims")?.nodes(cluster) ?? victims)
  }

  /// Refuses a fault that the disks of this world cannot have.
  static func require(
    _ disk: DiskModel, for kind: FaultKind, at value: StrictValue
  ) throws(ScenarioError) {
    guard kind.needsSectors, !disk.hasSectors else { return }
    throw value.failure(
      "\(kind.rawValue) happens to disks of sectors only",
      hint: "add model: \"sectors\" to the section disk")
  }

  private static func rhythm(
    _ section: inout StrictObject
  ) throws(ScenarioError) -> FaultProfile.Rhythm {
    let everyValue = try section.required("every")
    let every = try everyValue.duration()
    guard every > .zero else { throw everyValue.failure("every must be longer than nothing") }
    let lasts = try section.required("lasts").durationRange()
    return FaultProfile.Rhythm(
      every: every, shortest: lasts.lowerBound, longest: lasts.upperBound)
  }
}

import Determinism
import ProtocolKit
import Simulation

/// How the section about faults is read: a profile that seeds draw from, and a script.
enum FaultSection {
  static func decode(
    _ section: inout StrictObject, _ cluster: ClusterShape, chaos: Instant
  ) throws(ScenarioError) -> (FaultProfile, FaultPlan) {
    var profile = FaultProfile()
    profile.isSwarm = try section.optional("swarm")?.boolean() ?? false
    let victims: FaultProfile.Victims =
      try section.optional("victims")?.choice(of: "kind of victim") ?? .servers
    profile.maxDown =
      try section.optional("max_down")?.integer(in: 0...cluster.serverCount)
      ?? (cluster.serverCount - 1) / 2
    for kind in FaultKind.allCases {
      guard let value = section.optional(kind.rawValue) else { continue }
      profile.entries.append(
        try value.object { (section) throws(ScenarioError) in
          FaultProfile.Entry(
            parameters: try parameters(of: kind, &section), rhythm: try rhythm(&section),
            victims: try section.optional("victims")?.choice(of: "kind of victim") ?? victims)
        })
    }
    let entries = try section.optional("script")?.list { (value) throws(ScenarioError) in
      try scripted(value, cluster, chaos: chaos)
    }
    return (profile, FaultPlan(entries ?? []))
  }

  private static func parameters(
    of kind: FaultKind, _ section: inout StrictObject
  ) throws(ScenarioError) -> FaultParameters {
    switch kind {
    case .cut:
      let shapes = try section.optional("shapes")?.list { (value) throws(ScenarioError) in
        try value.choice(of: "shape", as: CutFault.Shape.self)
      }
      return .cut(shapes: shapes ?? CutFault.Shape.allCases)
    case .crash: return .crash
    case .powerLoss: return .powerLoss
    case .pause: return .pause
    case .clock:
      return .clock(
        driftMost: try section.optional("drift_ppb")?.integer(in: 0...500_000_000) ?? 0,
        stepMost: try section.optional("step")?.duration() ?? .zero)
    }
  }

  private static func rhythm(
    _ section: inout StrictObject
  ) throws(ScenarioError) -> FaultProfile.Rhythm {
    let everyValue = try section.required("every")
    let every = try everyValue.duration()
    guard every > .zero else { throw everyValue.failure("every must be longer than nothing") }
    let lastsValue = try section.required("lasts")
    let lasts = try lastsValue.list { (value) throws(ScenarioError) in try value.duration() }
    guard lasts.count == 2, lasts[0] <= lasts[1] else {
      throw lastsValue.failure(
        "lasts must be the shortest and the longest time", hint: "such as [\"50ms\", \"500ms\"]")
    }
    return FaultProfile.Rhythm(every: every, shortest: lasts[0], longest: lasts[1])
  }

  private static func scripted(
    _ value: StrictValue, _ cluster: ClusterShape, chaos: Instant
  ) throws(ScenarioError) -> FaultPlan.Entry {
    try value.object { (section) throws(ScenarioError) in
      let atValue = try section.required("at")
      let begins = Instant.start + (try atValue.duration())
      guard begins < chaos else {
        throw atValue.failure("faults must begin before the chaos phase ends at \(chaos)")
      }
      let lasts = try section.required("for").duration()
      let kind = try section.required("do").choice(of: "fault", as: FaultKind.self)
      return FaultPlan.Entry(
        begins: begins, lasts: lasts, fault: try fault(kind, &section, cluster))
    }
  }

  private static func fault(
    _ kind: FaultKind, _ section: inout StrictObject, _ cluster: ClusterShape
  ) throws(ScenarioError) -> Fault {
    switch kind {
    case .cut:
      let shape: CutFault.Shape = try section.optional("shape")?.choice(of: "shape") ?? .split
      let group = try section.required("group").nodes(cluster)
      let everyone = cluster.servers + cluster.clients
      let others =
        try section.optional("others")?.nodes(cluster) ?? everyone.filter { !group.contains($0) }
      return .cut(CutFault(shape: shape, group: group, others: others))
    case .crash: return .crash(CrashFault(node: try section.required("node").node(cluster)))
    case .powerLoss:
      return .powerLoss(PowerLossFault(node: try section.required("node").node(cluster)))
    case .pause: return .pause(PauseFault(node: try section.required("node").node(cluster)))
    case .clock:
      let bound: Int64 = 500_000_000
      return .clock(
        ClockFault(
          node: try section.required("node").node(cluster),
          drift: try section.optional("drift_ppb")?.integer(in: -bound...bound) ?? 0,
          step: try section.optional("step")?.signedDuration() ?? .zero))
    }
  }
}

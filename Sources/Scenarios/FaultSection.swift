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
            parameters: try FaultParameters(kind, &section),
            rhythm: try rhythm(of: kind, &section),
            victims: try section.optional("victims")?.choice(of: "kind of victim") ?? victims)
        })
    }
    let entries = try section.optional("script")?.list { (value) throws(ScenarioError) in
      try scripted(value, cluster, chaos: chaos)
    }
    return (profile, FaultPlan(entries?.flatMap { $0 } ?? []))
  }

  /// Reads what the system promises to survive; a wipe is no part of it unless it is listed.
  static func contract(
    _ section: inout StrictObject, _ cluster: ClusterShape
  ) throws(ScenarioError) -> FaultContract {
    let down = try section.optional("max_down")?.integer(in: 0...cluster.serverCount)
    let kinds = try section.optional("faults")?.list { (value) throws(ScenarioError) in
      try value.choice(of: "fault", as: FaultKind.self)
    }
    return FaultContract(
      serversDown: down ?? (cluster.serverCount - 1) / 2,
      driftMost: try section.optional("drift_ppb")?.integer(in: 0...500_000_000) ?? 500_000_000,
      kinds: kinds ?? FaultKind.allCases.filter { $0 != .wipe })
  }

  private static func rhythm(
    of kind: FaultKind, _ section: inout StrictObject
  ) throws(ScenarioError) -> FaultProfile.Rhythm {
    let everyValue = try section.required("every")
    let every = try everyValue.duration()
    guard every > .zero else { throw everyValue.failure("every must be longer than nothing") }
    let lastsValue = try section.required("lasts")
    let lasts = try lastsValue.durationRange()
    guard kind != .leapSmear || lasts.lowerBound >= LeapSmearFault.shortestWindow else {
      throw lastsValue.failure("a leap second is smeared over at least two seconds")
    }
    return FaultProfile.Rhythm(
      every: every, shortest: lasts.lowerBound, longest: lasts.upperBound)
  }
}

extension StrictValue {
  /// The shortest and the longest time, such as `["50ms", "500ms"]`.
  func durationRange() throws(ScenarioError) -> ClosedRange<Nanoseconds> {
    let bounds = try list { (value) throws(ScenarioError) in try value.duration() }
    guard bounds.count == 2, bounds[0] <= bounds[1] else {
      throw failure(
        "\(label) must be the shortest and the longest time",
        hint: "such as [\"50ms\", \"500ms\"]")
    }
    return bounds[0]...bounds[1]
  }
}

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
    let victims: FaultProfile.Victims =
      try section.optional("victims")?.choice(of: "kind of victim") ?? .servers
    profile.maxDown =
      try section.optional("max_down")?.integer(in: 0...cluster.serverCount)
      ?? (cluster.serverCount - 1) / 2
    profile.domains =
      try section.optional("domains")?.list { (value) throws(ScenarioError) in
        try domain(value, cluster)
      } ?? []
    for kind in FaultKind.allCases {
      guard let value = section.optional(kind.rawValue) else { continue }
      try require(disk, for: kind, value)
      profile.entries.append(
        try value.object { (section) throws(ScenarioError) in
          FaultProfile.Entry(
            parameters: try FaultParameters(kind, &section, cluster, profile.domains),
            rhythm: try rhythm(of: kind, &section),
            victims: try section.optional("victims")?.choice(of: "kind of victim") ?? victims,
            scope: try scope(of: kind, &section, profile, cluster))
        })
    }
    let entries = try section.optional("script")?.list { (value) throws(ScenarioError) in
      try scripted(value, cluster, chaos: chaos, disk)
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
      kinds: kinds ?? FaultKind.allCases.filter { $0 != .wipe && $0 != .twins })
  }

  /// The nodes that share a zone or a rack.
  private static func domain(
    _ value: StrictValue, _ cluster: ClusterShape
  ) throws(ScenarioError) -> [NodeID] {
    let nodes = try value.nodes(cluster)
    guard !nodes.isEmpty else { throw value.failure("a domain needs at least one node") }
    for (place, node) in nodes.enumerated() where nodes.prefix(place).contains(node) {
      throw value.failure("\(node) is twice in this domain")
    }
    return nodes
  }

  /// Whether a fault of nodes hits one of them or a domain; other kinds know no scope.
  private static func scope(
    of kind: FaultKind, _ section: inout StrictObject, _ profile: FaultProfile,
    _ cluster: ClusterShape
  ) throws(ScenarioError) -> FaultProfile.Scope {
    guard [.crash, .powerLoss, .pause].contains(kind) else { return .node }
    guard let value = section.optional("scope") else { return .node }
    let scope: FaultProfile.Scope = try value.choice(of: "scope")
    guard scope == .domain else { return scope }
    guard !profile.domains.isEmpty else {
      throw value.failure("scope \"domain\" needs domains", hint: Self.domainsHint)
    }
    let sizes = profile.domains.map { $0.count { $0.denseIndex < cluster.serverCount } }
    guard kind == .pause || sizes.contains(where: { $0 <= profile.maxDown }) else {
      throw value.failure(
        "every domain has more servers than may be down",
        hint: "max_down is \(profile.maxDown)")
    }
    return scope
  }

  static let domainsHint = "such as domains: [[\"n1\", \"n2\"], [\"n3\"]] under faults"

  /// A shape that so many servers can form.
  static func possibleShape(
    _ value: StrictValue, _ cluster: ClusterShape
  ) throws(ScenarioError) -> CutFault.Shape {
    let shape: CutFault.Shape = try value.choice(of: "shape")
    // One server offers no shape at all, and a file may ask for partitions of any cluster.
    guard cluster.serverCount >= shape.leastServers || shape.leastServers == 2 else {
      throw value.failure(
        "shape \"\(shape.rawValue)\" needs at least \(shape.leastServers) servers",
        hint: "there are \(cluster.serverCount)")
    }
    return shape
  }

  /// Refuses a fault that the disks of this world cannot have.
  static func require(
    _ disk: DiskModel, for kind: FaultKind, _ value: StrictValue
  ) throws(ScenarioError) {
    guard kind.needsSectors, !disk.hasSectors else { return }
    throw value.failure(
      "\(kind.rawValue) happens to disks of sectors only",
      hint: "add model: \"sectors\" to the section disk")
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

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
    for kind in FaultKind.allCases {
      guard let value = section.optional(kind.rawValue) else { continue }
      try require(disk, for: kind, value)
      profile.entries.append(
        try value.object { (section) throws(ScenarioError) in
          FaultProfile.Entry(
            parameters: try parameters(of: kind, &section), rhythm: try rhythm(&section),
            victims: try section.optional("victims")?.choice(of: "kind of victim") ?? victims)
        })
    }
    let entries = try section.optional("script")?.list { (value) throws(ScenarioError) in
      try scripted(value, cluster, chaos: chaos, disk)
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
    case .slowDisk:
      return .slowDisk(factorMost: try section.optional("factor")?.integer(in: 2...1_000) ?? 10)
    case .stalledDisk: return .stalledDisk
    case .fullDisk: return .fullDisk
    case .syncError:
      let caches = try section.optional("caches")?.list { (value) throws(ScenarioError) in
        try value.choice(of: "page cache", as: PageCache.self)
      }
      return .syncError(caches: caches ?? PageCache.allCases)
    case .tornWrite: return .tornWrite
    case .bitRot: return .bitRot
    case .latentSectorError: return .latentSectorError
    case .misdirectedWrite: return .misdirectedWrite
    }
  }

  /// Refuses a fault that the disks of this world cannot have.
  private static func require(
    _ disk: DiskModel, for kind: FaultKind, _ value: StrictValue
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
    let lastsValue = try section.required("lasts")
    let lasts = try lastsValue.list { (value) throws(ScenarioError) in try value.duration() }
    guard lasts.count == 2, lasts[0] <= lasts[1] else {
      throw lastsValue.failure(
        "lasts must be the shortest and the longest time", hint: "such as [\"50ms\", \"500ms\"]")
    }
    return FaultProfile.Rhythm(every: every, shortest: lasts[0], longest: lasts[1])
  }

  private static func scripted(
    _ value: StrictValue, _ cluster: ClusterShape, chaos: Instant, _ disk: DiskModel
  ) throws(ScenarioError) -> FaultPlan.Entry {
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
      return FaultPlan.Entry(
        begins: begins, lasts: lasts, fault: try fault(kind, &section, cluster))
    }
  }

  private static func fault(
    _ kind: FaultKind, _ section: inout StrictObject, _ cluster: ClusterShape
  ) throws(ScenarioError) -> Fault {
    guard kind == .cut else {
      return try fault(kind, at: try section.required("node").node(cluster), &section)
    }
    let shape: CutFault.Shape = try section.optional("shape")?.choice(of: "shape") ?? .split
    let group = try section.required("group").nodes(cluster)
    let everyone = cluster.servers + cluster.clients
    let others =
      try section.optional("others")?.nodes(cluster) ?? everyone.filter { !group.contains($0) }
    return .cut(CutFault(shape: shape, group: group, others: others))
  }

  private static func fault(
    _ kind: FaultKind, at node: NodeID, _ section: inout StrictObject
  ) throws(ScenarioError) -> Fault {
    switch kind {
    case .cut: return .cut(CutFault(shape: .isolate, group: [node], others: []))
    case .crash: return .crash(CrashFault(node: node))
    case .powerLoss: return .powerLoss(PowerLossFault(node: node))
    case .pause: return .pause(PauseFault(node: node))
    case .clock:
      let bound: Int64 = 500_000_000
      return .clock(
        ClockFault(
          node: node, drift: try section.optional("drift_ppb")?.integer(in: -bound...bound) ?? 0,
          step: try section.optional("step")?.signedDuration() ?? .zero))
    case .slowDisk:
      let factor: Int64 = try section.optional("factor")?.integer(in: 2...1_000) ?? 10
      return .slowDisk(SlowDiskFault(node: node, factor: factor))
    case .stalledDisk: return .stalledDisk(StalledDiskFault(node: node))
    case .fullDisk: return .fullDisk(FullDiskFault(node: node))
    case .syncError:
      let cache: PageCache = try section.optional("cache")?.choice(of: "page cache") ?? .dropped
      return .syncError(SyncErrorFault(node: node, cache: cache))
    case .tornWrite: return .tornWrite(TornWriteFault(node: node))
    case .bitRot: return .bitRot(BitRotFault(node: node, place: try place(&section)))
    case .latentSectorError:
      return .latentSectorError(LatentSectorErrorFault(node: node, place: try place(&section)))
    case .misdirectedWrite:
      return .misdirectedWrite(MisdirectedWriteFault(node: node, place: try place(&section)))
    }
  }

  /// The number that says which bit or sector is hit.
  private static func place(_ section: inout StrictObject) throws(ScenarioError) -> UInt64 {
    try section.optional("place")?.integer(in: 0...1_000_000_000_000) ?? 0
  }
}

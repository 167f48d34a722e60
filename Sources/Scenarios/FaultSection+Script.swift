import Determinism
import ProtocolKit
import Simulation

/// How the faults that happen in every run are read.
extension FaultSection {
  /// One line of the script; a shape that unfolds in time becomes several entries.
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
      let fault = try fault(kind, &section, cluster)
      if case .cut(let cut) = fault, cut.shape == .flapping {
        return CutFault.flapping(
          group: cut.group, others: cut.others, period: try period(&section), from: begins,
          lasting: lasts)
      }
      return [FaultPlan.Entry(begins: begins, lasts: lasts, fault: fault)]
    }
  }

  private static func period(
    _ section: inout StrictObject
  ) throws(ScenarioError) -> Nanoseconds {
    let value = try section.required("period")
    let period = try value.duration()
    guard period >= .microseconds(2) else {
      throw value.failure("period must be at least two microseconds")
    }
    return period
  }

  private static func cut(
    _ section: inout StrictObject, _ cluster: ClusterShape
  ) throws(ScenarioError) -> CutFault {
    var shape = CutFault.Shape.split
    if let value = section.optional("shape") {
      shape = try possibleShape(value, cluster)
      if shape == .swizzle {
        throw value.failure(
          "swizzle can only be drawn", hint: "script one isolate for each server instead")
      }
    }
    let (group, others) = try groups(shape, &section, cluster)
    return CutFault(shape: shape, group: group, others: others)
  }

  /// The sides of a partition: the group, and everyone else unless the script says otherwise.
  private static func groups(
    _ shape: CutFault.Shape, _ section: inout StrictObject, _ cluster: ClusterShape
  ) throws(ScenarioError) -> (group: [NodeID], others: [NodeID]) {
    let group =
      shape == .isolateLeader
      ? try section.optional("group")?.nodes(cluster) ?? [NodeID(0)]
      : try section.required("group").nodes(cluster)
    switch shape {
    case .ring: return (group, [])
    case .bridge: return (group, try section.required("others").nodes(cluster))
    default:
      let everyone = cluster.servers + cluster.clients
      let others =
        try section.optional("others")?.nodes(cluster) ?? everyone.filter { !group.contains($0) }
      return (group, others)
    }
  }

  private static func fault(
    _ kind: FaultKind, _ section: inout StrictObject, _ cluster: ClusterShape
  ) throws(ScenarioError) -> Fault {
    switch kind {
    case .cut: return .cut(try cut(&section, cluster))
    case .clog:
      let (group, others) = try groups(.split, &section, cluster)
      return .clog(
        ClogFault(
          group: group, others: others,
          isOneWay: try section.optional("one_way")?.boolean() ?? false))
    default: return try fault(kind, at: try section.required("node").node(cluster), &section)
    }
  }

  private static func fault(
    _ kind: FaultKind, at node: NodeID, _ section: inout StrictObject
  ) throws(ScenarioError) -> Fault {
    switch kind {
    case .cut: return .cut(CutFault(shape: .isolate, group: [node], others: []))
    case .clog: return .clog(ClogFault(group: [node], others: [], isOneWay: false))
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

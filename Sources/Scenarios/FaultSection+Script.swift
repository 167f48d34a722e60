import Determinism
import ProtocolKit
import Simulation

/// How the faults that happen in every run are read.
extension FaultSection {
  /// One line of the script; a shape that unfolds in time becomes several entries.
  static func scripted(
    _ value: StrictValue, _ cluster: ClusterShape, chaos: Instant
  ) throws(ScenarioError) -> [FaultPlan.Entry] {
    try value.object { (section) throws(ScenarioError) in
      let atValue = try section.required("at")
      let begins = Instant.start + (try atValue.duration())
      guard begins < chaos else {
        throw atValue.failure("faults must begin before the chaos phase ends at \(chaos)")
      }
      let lasts = try section.required("for").duration()
      let kind = try section.required("do").choice(of: "fault", as: FaultKind.self)
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

import Text
import Determinism
import ProtocolKit
import Simulation

/// How scripted faults of links are read.
extension FaultSection {
  static func period(
    _ section: inout StrictObject
  ) throws(ScenarioError) -> Nanoseconds {
    let value = try section.required("period")
    let period = try value.duration()
    guard period >= .microseconds(2) else {
      throw value.failure("period must be at least two microseconds")
    }
    return period
  }

  static func cut(
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

  static func clog(
    _ section: inout StrictObject, _ cluster: ClusterShape
  ) throws(ScenarioError) -> ClogFault {
    let (group, others) = try groups(.split, &section, cluster)
    return ClogFault(
      group: group, others: others,
      isOneWay: try section.optional("one_way")?.boolean() ?? false)
  }
}

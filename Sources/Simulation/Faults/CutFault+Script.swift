import Determinism
import ProtocolKit

/// What profiles and scripts say about partitions.
extension CutFault {
  static let drawn = [
    FaultParameter(
      "shapes", as: .names(noun: "shape", among: Shape.allCases.map(\.rawValue)),
      absence: .standard(.names(Shape.basic.map(\.rawValue)), list(Shape.basic)),
      meaning: "which of \(list(Shape.allCases)) are drawn"), CutSampler.among,
  ]
  static let scripted = [
    FaultParameter(
      "shape", as: .name(noun: "shape", among: Shape.allCases.map(\.rawValue)),
      absence: .standard(.text(Shape.split.rawValue), Shape.split.rawValue),
      meaning: "the pattern that the groups form"),
    FaultParameter(
      "group", as: .nodes,
      absence: .none("the first of among for isolate-leader, required for the rest"),
      meaning: "the nodes on one side; of a ring, all servers in their circle"),
    FaultParameter(
      "others", as: .nodes, absence: .none("everyone else; required for a bridge"),
      meaning: "the nodes on the other side"),
    FaultParameter(
      "period", as: .duration, absence: .none("required for flapping"),
      meaning: "the time from one cut to the next"),
    FaultParameter(
      "among", as: .nodes, absence: .none("everywhere"),
      meaning: "where isolate-leader looks for the leader"),
  ]

  static func validate(_ draft: FaultDraft) throws(FaultComplaint) {
    for (place, shape) in draft.values.cases("shapes", of: Shape.self).enumerated() {
      let servers: [NodeID]? = draft.values[optional: CutSampler.among.name]
      try shape.require(
        (servers ?? draft.cluster.servers).count, parameter: "shapes", element: place)
      guard shape != .zone || !draft.domains.isEmpty else {
        throw FaultComplaint(
          message: "shape \"zone\" needs domains", hint: FaultScope.domainsHint,
          parameter: "shapes", element: place)
      }
    }
  }

  static func draw(_ occasion: FaultOccasion, by draw: Draw) -> [FaultPlan.Entry] {
    CutSampler(occasion).sample(occasion.values.cases("shapes", of: Shape.self), by: draw)
  }

  static func script(_ script: FaultScript) throws(FaultComplaint) -> [FaultPlan.Entry] {
    let shape = Shape(rawValue: script.values["shape"]) ?? .split
    try shape.require(script.cluster.serverCount, parameter: "shape")
    guard shape != .swizzle else {
      throw FaultComplaint(
        message: "swizzle can only be drawn",
        hint: "script one isolate for each server instead", parameter: "shape")
    }
    let cut = try CutFault(shape, as: script)
    let period: Nanoseconds? = script.values[optional: "period"]
    guard shape == .flapping else {
      guard period == nil else {
        throw FaultComplaint(message: "only flapping has a period", parameter: "period")
      }
      return [script.entry(cut)]
    }
    guard let period else { throw missing("period") }
    guard period >= .microseconds(2) else {
      throw FaultComplaint(
        message: "period must be at least two microseconds", parameter: "period")
    }
    return flapping(
      group: cut.group, others: cut.others, period: period, from: script.begins,
      lasting: script.lasts)
  }

  /// The sides of a partition: the group, and everyone else unless the script says otherwise.
  private init(_ shape: Shape, as script: FaultScript) throws(FaultComplaint) {
    let given: [NodeID]? = script.values[optional: "group"]
    let among: [NodeID] = script.values[optional: "among"] ?? []
    let first = Array((among + script.cluster.servers).prefix(1))
    guard let group = given ?? (shape == .isolateLeader ? first : nil) else {
      throw Self.missing("group")
    }
    let others: [NodeID]? = script.values[optional: "others"]
    switch shape {
    case .ring:
      guard others == nil else {
        throw FaultComplaint(
          message: "a ring has nobody on the other side", parameter: "others")
      }
      self.init(shape: shape, group: group, others: [])
    case .bridge:
      guard let others else { throw Self.missing("others") }
      self.init(shape: shape, group: group, others: others)
    case .split, .isolate, .oneWay, .isolateLeader, .flapping, .swizzle, .zone:
      self.init(
        shape: shape, group: group, others: others ?? script.cluster.nodes(apartFrom: group),
        leaderAmong: among)
    }
  }

  private static func missing(_ key: String) -> FaultComplaint {
    FaultComplaint(message: "missing key \"\(key)\"")
  }
}

extension CutFault.Shape {
  /// Refuses a shape that takes more servers than there are.
  fileprivate func require(
    _ servers: Int, parameter: String, element: Int? = nil
  ) throws(FaultComplaint) {
    // One server offers no shape at all, and a file may ask for partitions of any cluster.
    guard servers >= leastServers || leastServers == 2 else {
      throw FaultComplaint(
        message: "shape \"\(rawValue)\" needs at least \(leastServers) servers",
        hint: "there are \(servers)", parameter: parameter, element: element)
    }
  }
}

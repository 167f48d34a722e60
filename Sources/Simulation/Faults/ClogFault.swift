import Determinism
public import ProtocolKit

/// Clogs links: what would arrive while the fault lasts arrives when it ends.
///
/// Messages in flight are held like those sent meanwhile; one that would arrive after the end is
/// not touched. What was held arrives in the order in which it would have arrived. Clogs add up.
public struct ClogFault: FaultType {
  static let name = "clog"
  static let key: UInt64 = 6
  static let evidence = FaultEvidence.Effect.messagesClogged
  static let drawn = [CutSampler.among]
  static let scripted = [
    FaultParameter("group", as: .nodes, meaning: "the nodes on one side"),
    FaultParameter(
      "others", as: .nodes, absence: .none("everyone else"), meaning: "the nodes on the other side"),
    FaultParameter(
      "one_way", as: .flag, absence: .standard(.flag(false), "false"),
      meaning: "whether the group still hears the others"),
  ]
  static let guide = FaultGuide(
    summary:
      "Links between two groups deliver nothing for a while, then everything at once, in order.",
    semantics:
      "A message that would arrive through a clogged direction, in flight or sent meanwhile, "
      + "waits until the last clog of that direction ends; then all arrive at once, in the "
      + "order in which they would have arrived. A clog loses, doubles and changes nothing: "
      + "only a cut that is there when a message would arrive or is let go of loses it. A "
      + "message that would arrive after the end is on time. Neither side is told anything. "
      + "Nodes, disks and clocks are untouched.")

  /// The nodes on one side.
  public let group: [NodeID]
  /// The nodes on the other side.
  public let others: [NodeID]
  /// Whether the group still hears the others.
  public let isOneWay: Bool

  /// Creates a clog of the links from one group to the other, and back unless it is one-way.
  public init(group: [NodeID], others: [NodeID], isOneWay: Bool = false) {
    self.group = group
    self.others = others
    self.isOneWay = isOneWay
  }

  /// Draws two sides as a partition does, and with a coin whether one of them still hears.
  static func draw(_ occasion: FaultOccasion, by draw: Draw) -> [FaultPlan.Entry] {
    let sampler = CutSampler(occasion)
    guard sampler.servers.count > 1 else { return [] }
    let sides = sampler.sides(draw)
    return [
      occasion.entry(
        ClogFault(
          group: sides.group, others: sides.others,
          isOneWay: draw.purpose(4).happens(.percent(50))))
    ]
  }

  static func script(_ script: FaultScript) -> [FaultPlan.Entry] {
    let group: [NodeID] = script.values["group"]
    let others: [NodeID] =
      script.values[optional: "others"] ?? script.cluster.nodes(apartFrom: group)
    return [
      script.entry(Self(group: group, others: others, isOneWay: script.values["one_way"]))
    ]
  }

  var predicate: String? { "holds up all messages on the links of \(self)" }

  func begin(in world: inout some FaultTarget) {
    forEachDirection { from, to in world.clog(from: from, to: to) }
  }

  func end(in world: inout some FaultTarget) {
    forEachDirection { from, to in world.unclog(from: from, to: to) }
    world.releaseFromClogs()
  }

  /// Whether it holds what one node sends to another.
  func obstructs(from sender: NodeID, to recipient: NodeID) -> Bool {
    let isForth = group.contains(sender) && others.contains(recipient)
    return isForth || !isOneWay && others.contains(sender) && group.contains(recipient)
  }

  private func forEachDirection(_ body: (NodeID, NodeID) -> Void) {
    for member in group {
      for other in others {
        body(member, other)
        if !isOneWay { body(other, member) }
      }
    }
  }
}

extension ClogFault {
  /// The two groups with the direction that is clogged.
  public var description: String {
    "clog \(CutFault.list(group)) \(isOneWay ? "-o>" : "o") \(CutFault.list(others))"
  }
}

extension Fault {
  /// Links hold every message.
  public static func clog(_ fault: ClogFault) -> Fault { Fault(fault) }
}

extension FaultKind {
  /// Links hold every message.
  public static let clog = FaultKind(ClogFault.self)
}

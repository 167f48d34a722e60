import Determinism
public import ProtocolKit

/// Cuts links: each listed direction loses all messages, those in flight included, until it is mended.
///
/// Cuts of several faults add up: a direction works again when the last of them ends. Nothing is
/// told to either side. A message is lost if it is sent during the cut or would arrive during it.
public struct CutFault: FaultBehaviour, Hashable {
  /// The patterns of cut links.
  public enum Shape: String, Hashable, Sendable, CaseIterable {
    /// Two groups that do not hear each other.
    case split
    /// One server that hears and reaches nobody, clients included.
    case isolate
    /// One group that still hears the other but is not heard.
    case oneWay = "one-way"
  }

  static let guide = FaultGuide(
    summary:
      "Links lose every message between two groups (split), around one server (isolate) or "
      + "in one direction (one-way).",
    semantics:
      "Each listed direction loses all messages, those in flight included, until it is "
      + "mended; cuts of several faults add up. A message sent into a cut is lost even if it "
      + "would arrive after it. Neither side is told anything. Nodes, disks and clocks are "
      + "untouched.",
    parameters: [
      "shapes: which of split, isolate and one-way are drawn (default: all)"
    ])

  /// The pattern that the groups form.
  public let shape: Shape
  /// The nodes on one side.
  public let group: [NodeID]
  /// The nodes on the other side.
  public let others: [NodeID]

  /// Creates a cut between two groups.
  public init(shape: Shape, group: [NodeID], others: [NodeID]) {
    self.shape = shape
    self.group = group
    self.others = others
  }

  /// Draws who is separated from whom.
  ///
  /// Clients fall on a random side of a split and on the far side of an isolated server, except
  /// that a coin decides for each whether it stays with that server.
  static func sample(_ shapes: [Shape], in cluster: ClusterShape, _ draw: Draw) -> CutFault {
    let shape = draw.purpose(1).element(of: shapes) ?? .split
    let order = draw.purpose(2).permutation(of: cluster.serverCount).map { NodeID($0) }
    let isSmall = shape == .isolate || order.count < 3
    let cutAt = isSmall ? 1 : 1 + Int(draw.purpose(3).below(UInt64(order.count - 1)))
    var group = Array(order.prefix(cutAt))
    var others = Array(order.dropFirst(cutAt))
    for (number, client) in cluster.clients.enumerated() {
      let joinsGroup = draw.purpose(16 + UInt64(number)).happens(.percent(50))
      if joinsGroup { group.append(client) } else { others.append(client) }
    }
    return CutFault(shape: shape, group: group.sorted(), others: others.sorted())
  }

  func begin(in world: inout some FaultTarget) {
    forEachDirection { from, to in world.cut(from: from, to: to) }
  }

  func end(in world: inout some FaultTarget) {
    forEachDirection { from, to in world.mend(from: from, to: to) }
  }

  private func forEachDirection(_ body: (NodeID, NodeID) -> Void) {
    for member in group {
      for other in others {
        body(member, other)
        if shape != .oneWay { body(other, member) }
      }
    }
  }
}

extension CutFault {
  /// The two groups with the direction that is cut.
  public var description: String {
    let arrow = shape == .oneWay ? "-x>" : "|"
    return "\(shape.rawValue) partition \(Self.list(group)) \(arrow) \(Self.list(others))"
  }

  private static func list(_ nodes: [NodeID]) -> String {
    "{\(nodes.map(\.description).joined(separator: " "))}"
  }
}

public import ProtocolKit

/// Cuts links: each direction loses all messages, those in flight included, until it is mended.
///
/// Cuts of several faults add up: a direction works again when the last of them ends. Nothing is
/// told to either side. A message is lost if it is sent during the cut or would arrive during it.
public struct CutFault: FaultType {
  /// The patterns of cut links.
  public enum Shape: String, Hashable, Sendable, CaseIterable {
    /// Two groups that do not hear each other.
    case split
    /// One server that hears and reaches nobody, clients included.
    case isolate
    /// One group that still hears the other but is not heard.
    case oneWay = "one-way"
    /// Two groups that do not hear each other, while servers in neither hear both.
    case bridge
    /// A circle of servers of which each hears only its two neighbours; clients hear all.
    case ring
    /// Like `isolate`, at whoever leads when the fault begins.
    case isolateLeader = "isolate-leader"
    /// A split that comes and goes: cut for the first half of every period.
    case flapping
    /// Several servers isolated one by one, and healed one by one in another order.
    case swizzle
    /// One failure domain that does not hear the rest of the world, nor the other way round.
    case zone

    /// What is drawn unless a profile says otherwise.
    public static let basic: [Shape] = [.split, .isolate, .oneWay]

    /// How many servers it takes.
    public var leastServers: Int {
      switch self {
      case .bridge: 3
      case .ring: 4
      default: 2
      }
    }
  }

  static let name = "partition"
  static let key: UInt64 = 1
  static let evidence = FaultEvidence.Effect.messagesCut
  static let guide = FaultGuide(
    summary:
      "Links lose every message between two groups, around one server, the leader or a zone, "
      + "across a ring or a bridge, on and off, or around one server after another.",
    semantics:
      "Each listed direction loses all messages, those in flight included, until it is "
      + "mended; cuts of several faults add up. A message sent into a cut is lost even if it "
      + "would arrive after it. Neither side is told anything. flapping and swizzle are "
      + "planned as several cuts that lie within the fault's time; zone needs faults.domains. "
      + "isolate-leader isolates the server that claims to lead when the fault begins (of "
      + "several, the last; if there is none, a drawn one) and does not follow later leaders. "
      + "Nodes, disks and clocks are untouched.")

  /// The pattern that the groups form.
  public let shape: Shape
  /// The nodes on one side; of a ring, all servers in their circle.
  public let group: [NodeID]
  /// The nodes on the other side; of a ring, nobody.
  public let others: [NodeID]
  /// Where the shape that isolates a leader looks for it; among all nodes if this is empty.
  let leaderAmong: [NodeID]

  /// Creates a cut between two groups.
  public init(
    shape: Shape, group: [NodeID], others: [NodeID], leaderAmong: [NodeID] = []
  ) {
    self.shape = shape
    self.group = group
    self.others = others
    self.leaderAmong = shape == .isolateLeader ? leaderAmong : []
  }

  func begin(in world: inout some FaultTarget) {
    for (from, to) in directions { world.cut(from: from, to: to) }
  }

  func end(in world: inout some FaultTarget) {
    for (from, to) in directions { world.mend(from: from, to: to) }
  }

  /// With its shape, the leader takes the place of the node that was drawn.
  func aimed(at leader: ([NodeID]) -> NodeID?) -> CutFault {
    let candidates = leaderAmong.isEmpty ? group + others : leaderAmong
    guard shape == .isolateLeader, let leader = leader(candidates.sorted()),
      others.contains(leader), let drawn = group.first(where: candidates.contains)
    else { return self }
    return CutFault(
      shape: shape, group: [leader] + group.filter { $0 != drawn },
      others: others.map { $0 == leader ? drawn : $0 }.sorted(), leaderAmong: leaderAmong)
  }

  var predicate: String? {
    let (these, those) = (NodeID.enumerate(group), NodeID.enumerate(others))
    return switch shape {
    case .ring: "lets \(these) hear only their neighbours in this circle"
    case .oneWay: "loses everything from \(these) to \(those)"
    case .split, .isolate, .bridge, .isolateLeader, .flapping, .swizzle, .zone:
      "cuts \(these) off from \(those)"
    }
  }

  func obstructs(from sender: NodeID, to recipient: NodeID) -> Bool {
    directions.contains { $0.from == sender && $0.to == recipient }
  }

  /// The directions that lose everything.
  private var directions: [(from: NodeID, to: NodeID)] {
    if shape == .ring { return directionsAcrossRing }
    return group.flatMap { member in
      others.flatMap { other in
        shape == .oneWay ? [(member, other)] : [(member, other), (other, member)]
      }
    }
  }

  private var directionsAcrossRing: [(from: NodeID, to: NodeID)] {
    group.indices.flatMap { place in
      group.indices.compactMap { other in
        let steps = abs(place - other)
        let isNear = steps <= 1 || steps == group.count - 1
        return isNear ? nil : (group[place], group[other])
      }
    }
  }
}

extension CutFault {
  /// The two groups with the direction that is cut.
  public var description: String {
    if shape == .ring { return "ring partition \(Self.list(group))" }
    let arrow = shape == .oneWay ? "-x>" : "|"
    return "\(shape.rawValue) partition \(Self.list(group)) \(arrow) \(Self.list(others))"
  }

  static func list(_ shapes: [Shape]) -> String {
    shapes.map(\.rawValue).joined(separator: ", ")
  }

  /// Nodes in braces.
  static func list(_ nodes: [NodeID]) -> String {
    "{\(nodes.map(\.description).joined(separator: " "))}"
  }
}

extension Fault {
  /// Links lose every message.
  public static func cut(_ fault: CutFault) -> Fault { Fault(fault) }
}

extension FaultKind {
  /// Links lose every message.
  public static let cut = FaultKind(CutFault.self)
}

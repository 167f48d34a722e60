public import ProtocolKit

/// Who is in a cluster: a flat list of roles, each played by one group of nodes or by several.
///
/// Nodes are numbered in the order of the roles. Those of the role `client` ask for something; all
/// others are servers, whatever their role, and are what faults hit unless a scenario says otherwise.
public struct ClusterShape: Hashable, Sendable {
  /// What some nodes do.
  public struct Role: Hashable, Sendable {
    /// The name that scenarios use.
    public let name: String
    /// The nodes, by the groups in which they work together; a role that nobody plays has none.
    public let groups: [Membership]

    /// All nodes of the role, in order.
    public var nodes: [NodeID] { groups.flatMap(\.nodes) }
  }

  /// The role of the nodes that the section about clients counts.
  public static let clientRole = "client"
  /// The role of the servers in a cluster that has but one.
  public static let serverRole = "server"

  /// The roles, in the order of their nodes.
  public let roles: [Role]
  /// The groups in which servers work together: each may be expected to survive by itself.
  public let groups: [Membership]
  /// The servers, in order.
  public let servers: [NodeID]
  /// The clients, in order.
  public let clients: [NodeID]

  /// Numbers the nodes of roles with groups of these sizes; groups of nobody are left out.
  public init(_ sizes: [(role: String, groups: [Int])]) {
    var next = 0
    roles = sizes.map { role, groups in
      let groups = groups.filter { $0 > 0 }.map { count in
        defer { next += count }
        return Membership((next..<next + count).map { NodeID($0) })
      }
      return Role(name: role, groups: groups)
    }
    let isClient = { (role: Role) in role.name == Self.clientRole }
    groups = roles.filter { !isClient($0) }.flatMap(\.groups)
    servers = groups.flatMap(\.nodes)
    clients = roles.filter(isClient).flatMap(\.nodes)
  }

  /// Creates a cluster of servers in one group, and clients.
  public init(serverCount: Int, clientCount: Int) {
    self.init([(Self.serverRole, [serverCount]), (Self.clientRole, [clientCount])])
  }

  /// The number of nodes.
  public var nodeCount: Int { servers.count + clients.count }

  /// The number of servers.
  public var serverCount: Int { servers.count }

  /// The nodes of a role; none if there is no such role.
  public func nodes(of role: String) -> [NodeID] {
    roles.first { $0.name == role }?.nodes ?? []
  }

  /// The nodes of a role as one group; a role that nobody plays traps.
  public func members(of role: String) -> Membership { Membership(nodes(of: role)) }

  /// The node, role, group of a role (such as `shard/2`), or `all`, that has a name; nil if none has.
  public func nodes(named name: String) -> [NodeID]? {
    namings.first { $0.name == name }?.nodes
  }

  /// Every name that stands for nodes.
  public var names: [String] { namings.map(\.name) }

  private var namings: [(name: String, nodes: [NodeID])] {
    let everyone = roles.flatMap(\.nodes)
    let groups = roles.filter { $0.groups.count > 1 }.flatMap { role in
      role.groups.enumerated().map { ("\(role.name)/\($0 + 1)", $1.nodes) }
    }
    return roles.filter { !$0.groups.isEmpty }.map { ($0.name, $0.nodes) } + groups
      + [("all", everyone)] + everyone.map { ($0.description, [$0]) }
  }

  /// Whether a node has any role but that of a client.
  func isServer(_ node: NodeID) -> Bool { servers.contains(node) }

  /// Everyone but some, in order.
  func nodes(apartFrom group: [NodeID]) -> [NodeID] {
    roles.flatMap(\.nodes).filter { !group.contains($0) }
  }
}

extension ClusterShape: CustomStringConvertible {
  /// Who has which role, such as `server n1 to n3, client n4`.
  public var description: String {
    let parts = roles.compactMap { role -> String? in
      guard let first = role.nodes.first, let last = role.nodes.last else { return nil }
      return "\(role.name) \(first)" + (first == last ? "" : " to \(last)")
    }
    return parts.joined(separator: ", ")
  }
}

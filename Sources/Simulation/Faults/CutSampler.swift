import Determinism
import ProtocolKit

/// Draws who is separated from whom, and in which shape.
struct CutSampler {
  let cluster: ClusterShape
  let domains: [[NodeID]]
  /// The servers that are separated from each other.
  let servers: [NodeID]
  let begins: Instant
  let lasts: Nanoseconds

  init(_ occasion: FaultOccasion) {
    cluster = occasion.cluster
    domains = occasion.domains
    servers = occasion.values[optional: Self.among.name] ?? cluster.servers
    begins = occasion.time.begins
    lasts = occasion.time.lasts
  }

  /// The parameter that says which servers are separated.
  static let among = FaultParameter(
    "among", as: .nodes, absence: .none("all servers"),
    meaning: "the servers that are separated; everyone else stands on either side by chance")

  /// Draws one partition; nothing if the cluster is too small for every shape.
  func sample(_ shapes: [CutFault.Shape], by draw: Draw) -> [FaultPlan.Entry] {
    guard let shape = draw.purpose(1).element(of: shapes.filter(isPossible)) else { return [] }
    switch shape {
    case .split, .oneWay: return [entry(shape, sides(draw))]
    case .isolate, .isolateLeader:
      return [entry(shape, sides(isolating: true, draw))]
    case .bridge: return [entry(shape, banks(draw))]
    case .ring: return [entry(shape, (order(draw), []))]
    case .zone: return [entry(shape, domain(draw))]
    case .flapping:
      let sides = sides(draw)
      return CutFault.flapping(
        group: sides.group, others: sides.others,
        period: draw.purpose(4).between(lasts / 10, lasts / 2), from: begins, lasting: lasts)
    case .swizzle:
      let count = 2 + Int(draw.purpose(4).below(UInt64(servers.count - 1)))
      return CutFault.swizzle(
        Array(order(draw).prefix(count)), in: cluster, from: begins, lasting: lasts,
        draw.purpose(5))
    }
  }

  /// Two sides of a cluster, or one server and the rest; a coin decides for each bystander.
  func sides(
    isolating: Bool = false, _ draw: Draw
  ) -> (group: [NodeID], others: [NodeID]) {
    let order = order(draw)
    let isSmall = isolating || order.count < 3
    let cutAt = isSmall ? 1 : 1 + Int(draw.purpose(3).below(UInt64(order.count - 1)))
    var group = Array(order.prefix(cutAt))
    var others = Array(order.dropFirst(cutAt))
    for (number, node) in bystanders.enumerated() {
      let joinsGroup = draw.purpose(16 + UInt64(number)).happens(.percent(50))
      if joinsGroup { group.append(node) } else { others.append(node) }
    }
    return (group.sorted(), others.sorted())
  }

  private func isPossible(_ shape: CutFault.Shape) -> Bool {
    servers.count >= shape.leastServers && (shape != .zone || !separableDomains.isEmpty)
  }

  private func entry(
    _ shape: CutFault.Shape, _ sides: (group: [NodeID], others: [NodeID])
  ) -> FaultPlan.Entry {
    let cut = CutFault(
      shape: shape, group: sides.group, others: sides.others, leaderAmong: servers)
    return FaultPlan.Entry(begins: begins, lasts: lasts, fault: .cut(cut))
  }

  private func order(_ draw: Draw) -> [NodeID] {
    draw.purpose(2).permutation(of: servers.count).map { servers[$0] }
  }

  /// Those whom it happens to.
  private var bystanders: [NodeID] { cluster.nodes(apartFrom: servers) }

  /// All servers but one on two banks; each bystander stands on either bank or on the bridge.
  private func banks(_ draw: Draw) -> (group: [NodeID], others: [NodeID]) {
    let servers = order(draw).dropFirst()
    let cutAt = 1 + Int(draw.purpose(3).below(UInt64(servers.count - 1)))
    var banks = [Array(servers.prefix(cutAt)), Array(servers.dropFirst(cutAt)), []]
    for (number, node) in bystanders.enumerated() {
      banks[Int(draw.purpose(16 + UInt64(number)).below(3))].append(node)
    }
    return (banks[0].sorted(), banks[1].sorted())
  }

  private var separableDomains: [[NodeID]] {
    domains.filter { !$0.isEmpty && $0.count < cluster.nodeCount }
  }

  /// One domain and the rest; a coin decides for each client that is in no domain.
  private func domain(_ draw: Draw) -> (group: [NodeID], others: [NodeID]) {
    var group = draw.purpose(2).element(of: separableDomains) ?? []
    for (number, client) in cluster.clients.enumerated()
    where !domains.contains(where: { $0.contains(client) }) {
      if draw.purpose(16 + UInt64(number)).happens(.percent(50)) { group.append(client) }
    }
    return (group.sorted(), cluster.nodes(apartFrom: group))
  }
}

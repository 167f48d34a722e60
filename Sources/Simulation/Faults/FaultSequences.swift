public import Determinism
public import ProtocolKit

/// Faults that are a row of entries in a plan, so that each can be looked at and left out.
extension FaultPlan.Entry {
  /// The parameter of a row of restarts that says how closely they follow each other.
  static let gap = FaultParameter(
    "gap", as: .duration, absence: .standard(.duration(.milliseconds(50)), "50ms"),
    meaning: "the time from one server's return to the next one's restart")

  /// The parameter that says who restarts, in a script.
  static let steps = FaultParameter(
    "nodes", as: .nodes, absence: .none("all servers"), meaning: "who restarts, in this order")

  /// A step for every server, one after the other, in a drawn order.
  static func rolling(
    _ occasion: FaultOccasion, by draw: Draw, of fault: (NodeID) -> Fault
  ) -> [FaultPlan.Entry] {
    let (servers, time) = (occasion.cluster.servers, occasion.time)
    let order = draw.purpose(1).permutation(of: servers.count).map { servers[$0] }
    let downs = order.indices.map { draw.purpose(16 + UInt64($0)).between(time.bounds) }
    return rolling(
      order, from: time.begins, to: time.end, gap: occasion.values[gap.name], downs, fault)
  }

  /// A step for every server, or for those that are listed, each down for the same time.
  static func rolling(_ script: FaultScript, of fault: (NodeID) -> Fault) -> [FaultPlan.Entry] {
    let nodes: [NodeID] = script.values[optional: steps.name] ?? script.cluster.servers
    return rolling(
      nodes, from: script.begins, to: script.chaosEnds, gap: script.values[gap.name],
      nodes.map { _ in script.lasts }, fault)
  }

  /// A fault for every node, each only after the one before is over; some may not fit before the end.
  public static func rolling(
    _ nodes: [NodeID], from begin: Instant, to end: Instant, gap: Nanoseconds,
    _ downs: [Nanoseconds], _ fault: (NodeID) -> Fault
  ) -> [FaultPlan.Entry] {
    var begins = begin
    var entries: [FaultPlan.Entry] = []
    for (node, down) in zip(nodes, downs) where begins < end {
      entries.append(
        FaultPlan.Entry(begins: begins, lasts: min(down, end - begins), fault: fault(node)))
      begins = begins + down + max(gap, Nanoseconds(1))
    }
    return entries
  }
}

extension NodeID {
  /// Names as a sentence lists them.
  static func enumerate(_ nodes: [NodeID], with conjunction: String = "and") -> String {
    let names = nodes.map(\.description)
    guard names.count > 1, let last = names.last else { return names.joined() }
    return names.dropLast().joined(separator: ", ") + " \(conjunction) " + last
  }
}

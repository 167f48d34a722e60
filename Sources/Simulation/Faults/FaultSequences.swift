public import Determinism
public import ProtocolKit

/// Faults that are a row of entries in a plan, so that each can be looked at and left out.
extension FaultPlan.Entry {
  /// A crash for every server, one after the other, in a drawn order.
  static func rolling(
    _ servers: [NodeID], at time: FaultTime, gap: Nanoseconds, _ draw: Draw,
    _ fault: (NodeID) -> Fault
  ) -> [FaultPlan.Entry] {
    let order = draw.purpose(1).permutation(of: servers.count).map { servers[$0] }
    let downs = order.indices.map { draw.purpose(16 + UInt64($0)).between(time.bounds) }
    return rolling(order, from: time.begins, to: time.end, gap: gap, downs, fault)
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

  /// Crashes of one node until an end, with drawn times down and up.
  public static func crashLoop(
    of node: NodeID, from begin: Instant, to end: Instant, _ down: ClosedRange<Nanoseconds>,
    _ up: ClosedRange<Nanoseconds>, _ draw: Draw
  ) -> [FaultPlan.Entry] {
    var begins = begin
    var entries: [FaultPlan.Entry] = []
    for turn in UInt64(0)..<1_000 where begins < end {
      let down = max(draw.purpose(2 * turn).between(down), Nanoseconds(1))
      entries.append(
        FaultPlan.Entry(
          begins: begins, lasts: min(down, end - begins),
          fault: .crashLoop(CrashLoopFault(node: node))))
      begins = begins + down + max(draw.purpose(2 * turn + 1).between(up), Nanoseconds(1))
    }
    return entries
  }
}

public import Determinism
public import ProtocolKit

/// Shapes that unfold in time, as several plain entries of a plan.
extension CutFault {
  /// A split that is cut for the first half of every period, and never beyond the given span.
  public static func flapping(
    group: [NodeID], others: [NodeID], period: Nanoseconds, from begins: Instant,
    lasting span: Nanoseconds
  ) -> [FaultPlan.Entry] {
    let cut = Fault.cut(CutFault(shape: .flapping, group: group, others: others))
    let period = max(period, Nanoseconds(2))
    return stride(from: 0, to: span.count, by: Int64.Stride(period.count)).map { start in
      FaultPlan.Entry(
        begins: begins + Nanoseconds(start),
        lasts: min(period / 2, span - Nanoseconds(start)), fault: cut)
    }
  }

  /// Servers isolated in the given order within the first half of a span, and healed within the
  /// second half in another order.
  static func swizzle(
    _ servers: [NodeID], in cluster: ClusterShape, from begins: Instant,
    lasting span: Nanoseconds, _ draw: Draw
  ) -> [FaultPlan.Entry] {
    let cuts = servers.indices
      .map { draw.purpose(UInt64($0)).between(.zero, span / 2) }.sorted()
    let heals = servers.indices
      .map { draw.purpose(64 + UInt64($0)).between(span / 2, span) }.sorted()
    return zip(servers, zip(cuts, anotherOrder(of: servers.count, draw.purpose(128)))).map {
      server, times in
      let (cut, turn) = times
      return FaultPlan.Entry(
        begins: begins + cut, lasts: heals[turn] - cut,
        fault: .cut(
          CutFault(shape: .swizzle, group: [server], others: cluster.nodes(apartFrom: [server]))))
    }
  }

  /// The numbers below `count` in any order but their own.
  private static func anotherOrder(of count: Int, _ draw: Draw) -> [Int] {
    let order = draw.permutation(of: count)
    return order == Array(0..<count) ? order.reversed() : order
  }
}

public import Determinism
import ProtocolKit

/// What a system promises to survive: a violation under more than that says little about it.
public struct FaultContract: Hashable, Sendable {
  /// How many servers of one group may be down at the same time.
  public var maxDown: DownBudget
  /// How far a clock may drift because of faults, in parts per billion.
  public var driftMost: Int64
  /// The kinds of fault that may happen at all.
  public var kinds: [FaultKind]

  /// Creates a contract.
  public init(maxDown: DownBudget, driftMost: Int64, kinds: [FaultKind]) {
    self.maxDown = maxDown
    self.driftMost = driftMost
    self.kinds = kinds
  }

  /// Whether one fault by itself is within the contract.
  func permits(_ fault: Fault) -> Bool {
    if fault.behaviour.drift.magnitude > UInt64(driftMost) { return false }
    return kinds.contains(fault.kind)
  }

  /// The first fault of a plan, up to an instant, that goes beyond the contract; nil if none does.
  public func firstBreach(
    in plan: FaultPlan, of cluster: ClusterShape, until end: Instant
  ) -> Fault? {
    let happening = plan.happening.map(\.entry)
    let begun = happening.filter { $0.begins <= end }.sorted { $0.begins < $1.begins }
    return begun.first { entry in
      !permits(entry.fault)
        || cluster.exceeds(maxDown, down(at: entry.begins, begun, cluster, end))
    }?.fault
  }

  private func down(
    at instant: Instant, _ entries: [FaultPlan.Entry], _ cluster: ClusterShape, _ end: Instant
  ) -> [NodeID] {
    entries.compactMap { $0.downtime(in: cluster, until: end) }
      .filter { $0.begins <= instant && instant <= $0.ends }.map(\.server)
  }
}

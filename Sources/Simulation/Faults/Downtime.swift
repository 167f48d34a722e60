import Determinism
import ProtocolKit

/// When a fault keeps a server from doing its part.
struct Downtime {
  let server: NodeID
  let begins: Instant
  let ends: Instant
}

extension FaultPlan.Entry {
  /// When a server is down because of this entry; nil if none is.
  ///
  /// Damage that outlives its fault, as on a disk, counts until the given end.
  func downtime(in cluster: ClusterShape, until end: Instant) -> Downtime? {
    guard let node = fault.behaviour.nodeDown, cluster.isServer(node) else {
      return nil
    }
    return Downtime(
      server: node, begins: begins, ends: fault.behaviour.isLasting ? end : begins + lasts)
  }
}

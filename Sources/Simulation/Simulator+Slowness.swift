import Determinism
import ProtocolKit

/// How nodes become slow.
extension Simulator {
  /// Makes each event of a node take longer, or less long; at zero what waits is handled at once.
  mutating func slow(_ node: NodeID, by span: Nanoseconds) {
    guard span != .zero else { return }
    atEachCopy(of: node) { world in
      world.nodes[node].service.time = max(world.nodes[node].service.time + span, .zero)
      guard world.nodes[node].service.time == .zero else { return }
      world.nodes[node].service.isUnderWay = false
      world.emptyInbox(of: node)
    }
  }

  /// Lets a slow node begin with the first event of its inbox, unless it is busy.
  mutating func beginService(at node: NodeID) {
    guard nodes[node].service.time > .zero, !nodes[node].service.isUnderWay,
      !nodes[node].process.isPaused,
      !nodes[node].inbox.slots.isEmpty
    else { return }
    nodes[node].service.isUnderWay = true
    nodes[node].service.number += 1
    schedule(
      .serviceEnds(nodes[node].service.number), for: node, at: now + nodes[node].service.time)
  }

  /// Lets a slow node handle what it has worked on, and begin with the next event.
  mutating func endService(
    _ number: UInt64, of node: NodeID
  ) throws(InvariantViolation) -> Bool {
    guard nodes[node].service.isUnderWay, nodes[node].service.number == number else { return false }
    nodes[node].service.isUnderWay = false
    // A process that was paused meanwhile begins anew when it runs on.
    guard !nodes[node].process.isPaused, !nodes[node].inbox.slots.isEmpty else { return false }
    let slot = nodes[node].inbox.slots.removeFirst()
    var event = pending.take(slot)
    event.isServed = true
    if case .deliver = event.kind { nodes[node].inbox.messageCount -= 1 }
    evidence[.eventsSlowed] += 1
    beginService(at: node)
    return try happens(event, slot)
  }
}

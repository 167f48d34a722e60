import Determinism
import ProtocolKit

/// How two copies of a server share one identity.
///
/// One of them is in place as the node, the other waits beside it; before an event the copy that
/// it belongs to changes places with the other.
extension Simulator {
  /// A copy of a node that is not in place at the moment.
  struct Twin: Sendable {
    let node: NodeID
    var state: SimulatedNode<Machine>
    /// How many messages the identity received.
    var messageCount: UInt64 = 0
  }

  /// Whether the copy of a node is in place and not the original.
  @inline(__always)
  func isCopy(_ node: NodeID) -> Bool {
    nodes[node].process.incarnation & ProcessState.copyMark != 0
  }

  mutating func addTwin(of node: NodeID) {
    guard configuration.cluster.isServer(node), nodes[node].machine != nil,
      !twins.contains(where: { $0.node == node })
    else { return }
    evidence[.twins] += 1
    twins.append(Twin(node: node, state: nodes[node]))
    nodes[node].process.incarnation |= ProcessState.copyMark
    nodes[node].inbox.slots.removeAll()
    nodes[node].inbox.messageCount = 0
    nodes[node].service.isUnderWay = false
    // The copy makes choices of its own from here on.
    nodes[node].draws.choices += 1 << 32
    nodes[node].journal.crash()
    beginSync(of: node)
    nodes[node].timers.forgetWakeUps()
    rescheduleTimers(of: node)
  }

  mutating func removeTwin(of node: NodeID) {
    guard let place = twins.firstIndex(where: { $0.node == node }) else { return }
    if isCopy(node) { swapTwin(place) }
    for slot in twins[place].state.inbox.slots { _ = pending.take(slot) }
    twins.remove(at: place)
  }

  /// Puts the copy in place to which an event belongs; a message goes to either.
  mutating func chooseTwin(for event: PendingEvent<Machine.Message>) {
    guard let place = twins.firstIndex(where: { $0.node == event.node }) else { return }
    switch event.kind {
    case .deliver where event.hasWaited:
      if event.incarnation == twins[place].state.process.incarnation { swapTwin(place) }
    case .deliver:
      twins[place].messageCount += 1
      let draw = randomness.draw(.twin, UInt64(event.node.index), twins[place].messageCount)
      let isForCopy = draw.happens(.percent(50))
      if isForCopy { evidence[.messagesToTwins] += 1 }
      if isForCopy != isCopy(event.node) { swapTwin(place) }
    case .timer, .journalSynced, .serviceEnds:
      if event.incarnation == twins[place].state.process.incarnation { swapTwin(place) }
    case .start, .faultBegins, .faultEnds, .heal, .pauseEnds, .aimedCrash, .aimedRestart,
      .clockSync:
      break
    }
  }

  /// Does something to a node, and to its copy if it has one.
  mutating func atEachCopy(of node: NodeID, _ body: (inout Self) -> Void) {
    body(&self)
    guard let place = twins.firstIndex(where: { $0.node == node }) else { return }
    swapTwin(place)
    body(&self)
    swapTwin(place)
  }

  private mutating func swapTwin(_ place: Int) {
    let node = twins[place].node
    let state = twins[place].state
    twins[place].state = nodes[node]
    nodes[node] = state
  }
}

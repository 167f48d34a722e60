import Determinism
import ProtocolKit

/// What faults do to the world.
extension Simulator: FaultTarget {
  mutating func cut(from: NodeID, to: NodeID) {
    network.cut(from: from, to: to)
    evidence[.linksCut] += 1
  }

  mutating func mend(from: NodeID, to: NodeID) {
    network.mend(from: from, to: to)
  }

  mutating func clog(from: NodeID, to: NodeID) {
    network.clog(from: from, to: to)
    evidence[.linksClogged] += 1
  }

  mutating func unclog(from: NodeID, to: NodeID) {
    network.unclog(from: from, to: to)
  }

  /// The last of some nodes that claim to lead.
  func leader(among candidates: [NodeID]) -> NodeID? {
    candidates.last { nodes[$0].machine?.isLeading == true }
  }

  mutating func crash(_ node: NodeID, losingPower: Bool) {
    guard nodes[node].machine != nil else { return }
    nodes[node].machine = nil
    if recorder.isNarrating { recorder.noteRole(of: node, leads: false) }
    nodes[node].timers.removeAll()
    for slot in nodes[node].inbox.slots { _ = pending.take(slot) }
    nodes[node].inbox.slots.removeAll()
    nodes[node].inbox.messageCount = 0
    nodes[node].service.isUnderWay = false
    // Whatever was planned for this life of the node is void from now on.
    nodes[node].process.incarnation += 1
    if let slot = disks[node].waitingSync { _ = pending.take(slot) }
    disks[node].waitingSync = nil
    if losingPower {
      evidence[.powerLosses] += 1
      loseUnsynced(of: node)
    } else {
      evidence[.crashes] += 1
      nodes[node].journal.crash()
    }
    if !isCopy(node) {
      rules.observeCrash(of: node, journalEnd: nodes[node].journal.end)
    }
  }

  mutating func wipeJournal(of node: NodeID) {
    evidence[.journalsWiped] += 1
    evidence[.recordsLost] += Int(nodes[node].journal.end.count)
    nodes[node].journal.wipe()
    rules.observeCrash(of: node, journalEnd: .start)
  }

  mutating func install(version: Int, on node: NodeID) {
    guard nodes[node].process.version != version else { return }
    evidence[.releasesInstalled] += 1
    nodes[node].process.version = version
  }

  mutating func restart(_ node: NodeID) throws(InvariantViolation) {
    guard nodes[node].machine == nil, !disks[node].hasRefused else { return }
    guard !nodes[node].process.isPaused else {
      let start = PendingEvent<Machine.Message>(
        cause: current, node: node, incarnation: 0, kind: .start)
      nodes[node].inbox.slots.append(pending.insert(start))
      return
    }
    try startMachine(node)
  }

  /// Creates a node's machine from its journal and starts it, unless the journal is refused.
  mutating func startMachine(_ node: NodeID) throws(InvariantViolation) {
    guard let recovery = recover(node) else { return }
    if recovery.incarnation > 0 {
      evidence[.restarts] += 1
      recorder.note("\(node) starts again with \(nodes[node].journal.end.count) journal records")
    }
    do throws(RecoveryFailure) {
      nodes[node].machine = try Machine(
        id: node, configuration: machineConfiguration, recovery: recovery)
    } catch {
      throw InvariantViolation(
        property: "recovery", kind: "a node refused its own journal",
        detail: "\(node) refused journal record \(error.position.count): \(error.reason)")
    }
    effects.begin(circumstances(of: node))
    try nodes[node].machine?.start(&effects)
    try carryOutEffects(of: node)
  }

  mutating func pause(_ node: NodeID) {
    nodes[node].process.pauses += 1
    evidence[.pauses] += 1
  }

  /// Lets a process run on: it works through its inbox in order of arrival before all else.
  mutating func resume(_ node: NodeID) {
    guard nodes[node].process.pauses > 0 else { return }
    nodes[node].process.pauses -= 1
    emptyInbox(of: node)
  }

  /// Hands a process that is neither paused nor slow what waits for it.
  mutating func emptyInbox(of node: NodeID) {
    guard !nodes[node].isHeldUp else { return beginService(at: node) }
    for (place, slot) in nodes[node].inbox.slots.enumerated() {
      queue.push(at: now, tie: UInt64(place), slot: slot)
    }
    nodes[node].inbox.slots.removeAll()
    nodes[node].inbox.messageCount = 0
  }
}

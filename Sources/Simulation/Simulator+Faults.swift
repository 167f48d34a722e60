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
    // Only the original has a disk to come back from.
    removeTwin(of: node)
    nodes[node].process.downs += 1
    guard nodes[node].machine == nil else { return kill(node, losingPower: losingPower) }
    // The process is gone already, but not what it wrote without a sync.
    guard losingPower else { return }
    losePower(of: node)
    rules.observeCrash(of: node, journalEnd: nodes[node].journal.end)
  }

  /// Ends a process, whatever comes after.
  mutating func kill(_ node: NodeID, losingPower: Bool) {
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
    network.breakConnections(of: node)
    if losingPower {
      losePower(of: node)
    } else {
      evidence[.crashes] += 1
      nodes[node].journal.crash()
    }
    if !isCopy(node) {
      rules.observeCrash(of: node, journalEnd: nodes[node].journal.end)
    }
  }

  private mutating func losePower(of node: NodeID) {
    evidence[.powerLosses] += 1
    loseUnsynced(of: node)
  }

  mutating func wipeJournal(of node: NodeID) {
    nodes[node].process.isWiped = nodes[node].journal.end > .start
    nodes[node].journal.wipe()
    rules.observeWipe(of: node)
  }

  mutating func install(version: Int, on node: NodeID) {
    nodes[node].process.version = version
  }

  mutating func restart(_ node: NodeID) throws(InvariantViolation) {
    nodes[node].process.downs = max(0, nodes[node].process.downs - 1)
    try startAgain(node)
  }

  mutating func startAgain(_ node: NodeID) throws(InvariantViolation) {
    guard nodes[node].machine == nil, nodes[node].process.downs == 0, !disks[node].hasRefused
    else { return }
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
      countRestart(of: node, from: recovery)
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

  private mutating func countRestart(of node: NodeID, from recovery: Recovery) {
    evidence[.restarts] += 1
    let process = nodes[node].process
    if process.isWiped, recovery.records.isEmpty { evidence[.journalsWiped] += 1 }
    if process.version != process.runningVersion { evidence[.releasesInstalled] += 1 }
    nodes[node].process.isWiped = false
    nodes[node].process.runningVersion = process.version
  }

  mutating func pause(_ node: NodeID) {
    evidence[.pauses] += 1
    atEachCopy(of: node) { $0.nodes[node].process.pauses += 1 }
  }

  /// Lets a process run on: it works through its inbox in order of arrival before all else.
  mutating func resume(_ node: NodeID) {
    atEachCopy(of: node) { world in
      guard world.nodes[node].process.pauses > 0 else { return }
      world.nodes[node].process.pauses -= 1
      if world.recorder.isNarrating, let backlog = world.backlog(of: node) {
        world.recorder.note(backlog)
      }
      world.emptyInbox(of: node)
    }
  }

  /// Tells what stood still while a process did.
  private func backlog(of node: NodeID) -> String? {
    let (messages, all) = (nodes[node].inbox.messageCount, nodes[node].inbox.slots.count)
    let parts = [(messages, "message", "messages"), (all - messages, "timer", "timers and syncs")]
      .filter { $0.0 > 0 }.map { "\($0.0) \($0.0 == 1 ? $0.1 : $0.2)" }
    return parts.isEmpty ? nil : "\(node) goes on with \(Sentence.list(parts)) that waited"
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

import Determinism
import ProtocolKit

/// What happens to disks, and what a node finds on its own.
extension Simulator {
  /// What a node finds in its journal; nil if the disk lost or changed what was durable.
  ///
  /// A node that refuses its journal stays down: to go on from what is left would be to forget
  /// what others rely on. That keeps promises, so it breaks no rule.
  mutating func recover(_ node: NodeID) -> Recovery? {
    let incarnation = Int(nodes[node].process.incarnation)
    do throws(RecoveryFailure) {
      let (recovery, lost) = try nodes[node].journal.recovery(
        incarnation: incarnation, version: nodes[node].process.version)
      if nodes[node].journal.hasSectors, incarnation > 0 {
        evidence[.recordsLost] += lost
        rules.observeCrash(of: node, journalEnd: nodes[node].journal.end)
      }
      return recovery
    } catch {
      disks[node].hasRefused = true
      evidence[.journalsRefused] += 1
      marks[WorldMark.journalRefused.rawValue, default: 0] += 1
      recorder.note(
        "\(node) refuses to start: journal record \(error.position.count): \(error.reason)")
      return nil
    }
  }

  /// Tells a machine that its journal failed; by default its process stops.
  mutating func failJournal(
    of node: NodeID, _ failure: JournalFailure, _ cause: EventID
  ) throws(InvariantViolation) {
    evidence[failure == .full ? .syncsWithoutRoom : .syncsFailed] += 1
    beginEvent(.journalFailed, node, cause)
    recordEvent(
      .journalFailed, node, cause,
      .other("the journal of \(node) failed: \(failure.rawValue)"))
    effects.begin(circumstances(of: node))
    switch try nodes[node].machine?.journalFailed(failure, &effects) {
    case .stop:
      effects.removeAll()
      recorder.note("\(node) stops")
      kill(node, losingPower: false)
    case .carryOn: try carryOutEffects(of: node)
    case nil: break
    }
  }

  /// Takes from a node's journal what was not synced.
  mutating func loseUnsynced(of node: NodeID) {
    guard nodes[node].journal.hasSectors else {
      evidence[.recordsLost] += nodes[node].journal.losePower()
      return
    }
    let draw = randomness.draw(
      .powerLoss, UInt64(node.index), UInt64(nodes[node].process.incarnation))
    nodes[node].journal.losePower(draw, tears: disks[node].isTearing)
    countSectorHits(of: node)
  }

  /// Adds to the evidence what happened to the sectors of a node.
  mutating func countSectorHits(of node: NodeID) {
    guard let hits = nodes[node].journal.sectors?.takeHits() else { return }
    evidence[.sectorsLost] += hits.lost
    evidence[.sectorsTorn] += hits.torn
    evidence[.sectorsMisdirected] += hits.misdirected
  }

  mutating func disturbDisk(of node: NodeID, _ disturbance: DiskDisturbance) {
    disks[node].begin(disturbance)
    nodes[node].journal.sectors?.set(disturbance, isOn: true)
    let isDamaged = nodes[node].journal.sectors?.damage(disturbance) ?? false
    switch disturbance {
    case .rot: evidence[.bitsFlipped] += isDamaged ? 1 : 0
    case .unreadable: evidence[.sectorsUnreadable] += isDamaged ? 1 : 0
    case .slow, .stalled, .full, .syncError, .torn, .misdirected: break
    }
  }

  mutating func relieveDisk(of node: NodeID, _ disturbance: DiskDisturbance) {
    disks[node].end(disturbance)
    nodes[node].journal.sectors?.set(disturbance, isOn: false)
    releaseSync(of: node)
  }

  /// Lets the end of a sync happen that waited for a disk which no longer stands still.
  private mutating func releaseSync(of node: NodeID) {
    guard !disks[node].isStalled, let slot = disks[node].waitingSync else { return }
    disks[node].waitingSync = nil
    queue.push(at: now, tie: UInt64(node.index), slot: slot)
  }

  /// Takes back what active faults did to a disk; damage to its bytes stays.
  mutating func healDisk(of node: NodeID) {
    disks[node].heal()
    nodes[node].journal.sectors?.heal()
    releaseSync(of: node)
  }
}

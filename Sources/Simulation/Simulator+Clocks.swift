import Determinism
import ProtocolKit

/// What happens to clocks: faults, their repair, and synchronisation.
extension Simulator {
  mutating func changeClocks(
    of node: NodeID, driftBy drift: Int64, stepWallBy step: Nanoseconds
  ) {
    changeWall(of: node, counting: .clockChanges) { world in
      world.nodes[node].clocks.faultDrift += drift
      world.nodes[node].clocks.faultStep = world.nodes[node].clocks.faultStep + step
      world.setWallRate(of: node)
      world.nodes[node].clocks.wall.step(by: step)
    }
    setMonotonicRate(of: node)
  }

  /// Changes a wall clock, and counts that if it makes a difference within a second.
  private mutating func changeWall(
    of node: NodeID, counting effect: FaultEvidence.Effect, _ change: (inout Self) -> Void
  ) {
    let (soon, before) = (now + .milliseconds(1_000), nodes[node].clocks.wall)
    change(&self)
    if nodes[node].clocks.wall.reading(at: soon) != before.reading(at: soon) {
      evidence[effect] += 1
    }
  }

  mutating func stepWall(of node: NodeID, by step: Nanoseconds) {
    nodes[node].clocks.isWallDisturbed = true
    changeWall(of: node, counting: .clockSteps) { $0.nodes[node].clocks.wall.step(by: step) }
  }

  mutating func slewWall(of node: NodeID, by amount: Nanoseconds, over window: Nanoseconds) {
    nodes[node].clocks.isWallDisturbed = true
    changeWall(of: node, counting: .clockSlews) { world in
      world.nodes[node].clocks.wall.slew(by: amount, over: window, at: world.now)
    }
  }

  mutating func freezeClocks(of node: NodeID, includingMonotonic: Bool) {
    nodes[node].clocks.isWallDisturbed = true
    changeWall(of: node, counting: .clockFreezes) { world in
      world.nodes[node].clocks.wallFreezes += 1
      world.setWallRate(of: node)
    }
    guard includingMonotonic else { return }
    nodes[node].clocks.monotonicFreezes += 1
    setMonotonicRate(of: node)
  }

  mutating func thawClocks(of node: NodeID, includingMonotonic: Bool) {
    nodes[node].clocks.wallFreezes -= 1
    setWallRate(of: node)
    guard includingMonotonic else { return }
    nodes[node].clocks.monotonicFreezes -= 1
    setMonotonicRate(of: node)
  }

  /// Takes back what faults did to a node's clocks; a monotonic clock keeps its reading.
  mutating func repairClocks(of node: NodeID) {
    nodes[node].timeSync.outages = 0
    nodes[node].timeSync.falseBy = .zero
    nodes[node].clocks.wallFreezes = 0
    if nodes[node].clocks.monotonicFreezes > 0 {
      nodes[node].clocks.monotonicFreezes = 0
      setMonotonicRate(of: node)
    }
    let (drift, step) = (nodes[node].clocks.faultDrift, nodes[node].clocks.faultStep)
    if drift != 0 || step != .zero {
      changeClocks(of: node, driftBy: -drift, stepWallBy: .zero - step)
    }
    guard nodes[node].clocks.isWallDisturbed else { return }
    nodes[node].clocks.wall = nodes[node].clocks.wallAtStart
    if let sync = configuration.clockSync { discipline(node, sync) }
  }

  private mutating func setWallRate(of node: NodeID) {
    let drift = nodes[node].clocks.wallFreezes > 0 ? Clock.stopped : nodes[node].clocks.drift
    nodes[node].clocks.wall.changeDrift(to: drift, at: now)
  }

  private mutating func setMonotonicRate(of node: NodeID) {
    let drift = nodes[node].clocks.monotonicFreezes > 0 ? Clock.stopped : nodes[node].clocks.drift
    nodes[node].clocks.monotonic.changeDrift(to: drift, at: now)
    rescheduleTimers(of: node)
  }

  /// Queues the wake-ups that the timers of a node need, as its clock runs now.
  mutating func rescheduleTimers(of node: NodeID) {
    let clock = nodes[node].clocks.monotonic
    let now = now
    let wakeUps = nodes[node].timers.reschedule { deadline in
      now + clock.trueSpan(for: deadline - clock.reading(at: now))
    }
    for wakeUp in wakeUps { queueWakeUp(wakeUp.ticket, for: node, at: wakeUp.deadline) }
  }
}

/// The daemon that keeps wall clocks close to true time.
extension Simulator {
  /// Lets the daemon of each node begin at a time of its own within the first interval.
  mutating func scheduleClockSyncs() {
    guard let sync = configuration.clockSync else { return }
    for node in nodes.keys {
      let phase = randomness.draw(.clockSync, UInt64(node.index)).between(.zero, sync.every)
      schedule(.clockSync, for: node, at: .start + phase)
    }
  }

  mutating func syncClock(_ event: PendingEvent<Machine.Message>) {
    guard let sync = configuration.clockSync else { return }
    let node = event.node
    beginEvent(.clockSync, node, event.cause)
    recordEvent(
      .clockSync, node, event.cause, .other("\(node) synchronises its wall clock"))
    let isSpoilt = nodes[node].timeSync.outages > 0 || nodes[node].timeSync.falseBy != .zero
    if isSpoilt { evidence[.clockSyncsSpoilt] += 1 }
    if nodes[node].timeSync.outages == 0 {
      discipline(node, sync)
    } else {
      recorder.note("no source answers")
    }
    schedule(.clockSync, for: node, at: now + sync.every)
  }

  /// Moves a wall clock towards its source: slewed until the next time, or stepped when far off.
  private mutating func discipline(_ node: NodeID, _ sync: ClockSync) {
    evidence[.clockSyncs] += 1
    nodes[node].clocks.isWallDisturbed = true
    nodes[node].timeSync.count += 1
    let draw = randomness.draw(.clockSync, UInt64(node.index), nodes[node].timeSync.count)
    let error = draw.between(.zero - sync.error, sync.error)
    let trueTime = LocalTime(nanoseconds: (now - .start).count)
    let target = trueTime + nodes[node].timeSync.falseBy + error
    let correction = target - nodes[node].clocks.wall.reading(at: now)
    nodes[node].clocks.wall.stopSlew(at: now)
    if sync.slews(correction) {
      nodes[node].clocks.wall.slew(by: correction, over: sync.every, at: now)
    } else {
      nodes[node].clocks.wall.step(by: correction)
    }
    recorder.note("its wall clock is corrected by \(correction)")
  }

  mutating func spoilSync(of node: NodeID, offBy offset: Nanoseconds?) {
    guard let offset else {
      nodes[node].timeSync.outages += 1
      return
    }
    nodes[node].timeSync.falseBy = nodes[node].timeSync.falseBy + offset
  }

  mutating func restoreSync(of node: NodeID, offBy offset: Nanoseconds?) {
    guard let offset else {
      nodes[node].timeSync.outages -= 1
      return
    }
    nodes[node].timeSync.falseBy = nodes[node].timeSync.falseBy - offset
  }
}

import Determinism
import Histories
import ProtocolKit

/// How the world carries out what machines ask for, and how it plans events.
extension Simulator {
  /// What a node may know at this moment.
  @inline(__always)
  func circumstances(of node: NodeID) -> Effects<Machine.Message>.Circumstances {
    Effects.Circumstances(
      node: node, now: nodes[node].clocks.monotonic.reading(at: now),
      wallClock: nodes[node].clocks.wall.reading(at: now), journalEnd: nodes[node].journal.end,
      choiceCount: nodes[node].draws.choices, operationCount: history.operations.count,
      randomness: randomness)
  }

  /// Carries out everything that a handler asked for, then checks the rules.
  @inline(__always)
  mutating func carryOutEffects(of node: NodeID) throws(InvariantViolation) {
    nodes[node].draws.choices = effects.choiceCount
    if !effects.journalRequests.isEmpty { carryOutJournalRequests(of: node) }
    if !effects.timerRequests.isEmpty { carryOutTimerRequests(of: node) }
    if !effects.clientEvents.isEmpty { carryOutClientEvents(of: node) }
    if !effects.marks.isEmpty { carryOutMarks(of: node) }
    for note in effects.notes { recorder.add(.told(note)) }
    if recorder.isNarrating {
      recorder.noteRole(of: node, leads: nodes[node].machine?.isLeading ?? false)
    }
    for position in effects.envelopes.indices {
      let envelope = effects.envelopes[position]
      assert(
        !recorder.isNarrating || HiddenFields(of: envelope.message).isEmpty,
        "\(HiddenFields(of: envelope.message))")
      if configuration.checksInvariants, !isCopy(node) {
        try rules.observeSend(of: envelope.message, from: node, to: envelope.recipient)
      }
      send(envelope.message, from: node, to: envelope.recipient)
    }
    if !effects.observations.isEmpty, configuration.checksInvariants, !isCopy(node) {
      for deed in effects.observations { try rules.observe(deed, by: node) }
    }
    effects.removeAll()
    guard configuration.checksInvariants, !isCopy(node), nodes[node].machine != nil
    else { return }
    if Machine.Rules.watchesMachines {
      let synced = nodes[node].journal.synced
      try nodes[node].machine?.show(to: &rules, at: node, synced: synced)
    }
    guard Machine.Rules.watchesClocks else { return }
    try rules.observeClocks(after: node, Readings(nodes: nodes, instant: now))
  }

  /// The clocks as they are now.
  private struct Readings: ClockReadings {
    let nodes: DenseMap<NodeID, SimulatedNode<Machine>>
    let instant: Instant

    func monotonic(of node: NodeID) -> LocalTime {
      nodes[node].clocks.monotonic.reading(at: instant)
    }

    func wall(of node: NodeID) -> LocalTime { nodes[node].clocks.wall.reading(at: instant) }
  }

  @inline(__always)
  private mutating func send(_ message: Machine.Message, from sender: NodeID, to node: NodeID) {
    let fate = network.fate(from: sender, to: node, randomness)
    guard network.isPlain(from: sender, to: node) else {
      return sendOnLine(message, from: sender, to: node, fate)
    }
    guard let delay = fate.delay else {
      return lose(message, from: sender, to: node, fate.loss)
    }
    deliverLater(message, from: sender, to: node, fate, delay)
  }

  /// Plans the arrival of a message and of its duplicate, if it has one.
  @inline(__always)
  mutating func deliverLater(
    _ message: Machine.Message, from sender: NodeID, to node: NodeID, _ fate: MessageFate,
    _ delay: Nanoseconds
  ) {
    var event = PendingEvent(
      cause: current, node: node, incarnation: nodes[node].process.incarnation,
      kind: .deliver(message, from: sender))
    event.isHeldBack = fate.isHeldBack
    event.isConnected = fate.isConnected
    // Nobody is there to connect to.
    if nodes[node].machine == nil, event.incarnation > 0 { event.incarnation -= 1 }
    queue.push(at: now + delay, tie: fate.tie, slot: pending.insert(event))
    guard let duplicateDelay = fate.duplicateDelay else { return }
    event.isHeldBack = false
    event.isDuplicate = true
    queue.push(at: now + duplicateDelay, tie: fate.tie ^ 1, slot: pending.insert(event))
  }

  private mutating func carryOutJournalRequests(of node: NodeID) {
    for position in effects.journalRequests.indices {
      switch effects.journalRequests[position] {
      case .append(let record): nodes[node].journal.append(record)
      case .sync: beginSync(of: node)
      case .truncate(let end): nodes[node].journal.truncate(after: end)
      case .compact(let end): nodes[node].journal.compact(through: end)
      }
    }
  }

  /// Begins a journal sync unless one is under way.
  mutating func beginSync(of node: NodeID) {
    guard nodes[node].journal.beginSync() else { return }
    let draw = randomness.draw(
      .journalSync, UInt64(node.index), nodes[node].journal.syncCount)
    let slot = pending.insert(
      PendingEvent(
        cause: current, node: node, incarnation: nodes[node].process.incarnation,
        kind: .journalSynced))
    let usual = configuration.journalSync.sample(draw)
    let lasts = usual * disks[node].slowness
    if lasts != usual { evidence[.syncsSlowed] += 1 }
    queue.push(at: now + lasts, tie: draw.bits, slot: slot)
  }

  private mutating func carryOutTimerRequests(of node: NodeID) {
    for position in effects.timerRequests.indices {
      let request = effects.timerRequests[position]
      guard let delay = request.delay else {
        nodes[node].timers.cancel(request.timer)
        continue
      }
      let deadline = now + nodes[node].clocks.monotonic.trueSpan(for: delay)
      let ticket = nodes[node].timers.set(
        request.timer, localDeadline: effects.now + delay, deadline: deadline,
        expected: now + max(delay, .zero), cause: current)
      if let ticket { queueWakeUp(ticket, for: node, at: deadline) }
    }
  }

  /// Plans that a node looks at one of its timers.
  @inline(__always)
  mutating func queueWakeUp(_ ticket: TimerTable.Ticket, for node: NodeID, at instant: Instant) {
    nodes[node].draws.wakeUps += 1
    let tie = randomness.draw(.timerTie, UInt64(node.index), nodes[node].draws.wakeUps).bits
    let slot = pending.insert(
      PendingEvent(
        cause: current, node: node, incarnation: nodes[node].process.incarnation,
        kind: .timer(ticket)))
    queue.push(at: instant, tie: tie, slot: slot)
  }

  private mutating func carryOutClientEvents(of node: NodeID) {
    for position in effects.clientEvents.indices {
      switch effects.clientEvents[position] {
      case .invoke(let invocation):
        let operation = history.invoke(invocation, at: now)
        askers.append(Asker(node: node, life: nodes[node].process.life))
        recorder.add(.asks(operation, invocation))
      case .complete(let operation, let completion):
        let invocation = history.operations[operation.position].invocation
        recorder.add(.learns(operation, invocation, completion))
        // Two copies of one node may both learn how an operation ended; the first word counts.
        let isKnown = history.operations[operation.position].completedAt != nil
        if evidence[.twins] > 0, isKnown { continue }
        history.complete(operation, completion, at: now)
      }
    }
  }

  private mutating func carryOutMarks(of node: NodeID) {
    for mark in effects.marks {
      marks["\(mark)", default: 0] += 1
      recorder.add(.mark("\(mark)"))
      if !aims.isEmpty { hit(node, reaching: "\(mark)") }
    }
  }

  /// Plans an event of the world itself.
  mutating func schedule(
    _ kind: PendingEvent<Machine.Message>.Kind, for node: NodeID, at instant: Instant
  ) {
    let key = kind.tieKey(at: instant)
    let tie = randomness.draw(
      .worldTie, key.subject << 32 | UInt64(node.index), key.ordinal
    ).bits
    let slot = pending.insert(
      PendingEvent(cause: current, node: node, incarnation: 0, kind: kind))
    queue.push(at: instant, tie: tie, slot: slot)
  }
}

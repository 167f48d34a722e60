import Determinism
import Histories
import ProtocolKit

/// What each kind of event does.
extension Simulator {
  /// Lets an event happen; returns false if it turned out to be void or has to wait.
  @inline(__always)
  mutating func happens(
    _ event: PendingEvent<Machine.Message>, _ slot: Int
  ) throws(InvariantViolation) -> Bool {
    switch event.kind {
    case .deliver(let message, let sender):
      return try deliver(message, from: sender, event)
    case .timer(let ticket):
      return try wakeUp(ticket, event)
    case .journalSynced:
      return try finishSync(event)
    case .start:
      return try start(event)
    case .faultBegins(let number):
      guard operationsBeforeHeal == nil else { return false }
      try beginFault(number, event.cause)
    case .faultEnds(let number):
      beginEvent(.faultEnds, event.node, event.cause, payload: UInt64(number))
      let entry = plan.entries[number]
      let fault = aimedFaults[number] ?? entry.fault
      recordEvent(
        .faultEnds, event.node, event.cause,
        .fault(fault, number: number, lasts: entry.lasts))
      try fault.behaviour.end(in: &self)
    case .heal:
      try heal(event.cause)
    case .pauseEnds:
      endAimedPause(event)
    case .aimedCrash(let losesPower, let lasts):
      return beginAimedCrash(event, losesPower: losesPower, lasts)
    case .aimedRestart:
      return try endAimedCrash(event)
    case .serviceEnds(let number):
      return try endService(number, of: event.node)
    case .clockSync:
      syncClock(event)
    }
    return true
  }

  /// Counts an event and adds its time, kind, node and cause to the digest.
  @inline(__always)
  mutating func beginEvent(
    _ kind: EventKind, _ node: NodeID, _ cause: EventID, payload: UInt64 = 0
  ) {
    eventCount += 1
    current = EventID(eventCount)
    digest.absorb(
      now.nanosecondsSinceStart,
      UInt64(kind.rawValue) << 56 | UInt64(node.index) << 40 ^ cause.number)
    if payload != 0 { digest.absorb(payload) }
  }

  /// Adds the event to the record, after its payload went into the digest.
  @inline(__always)
  mutating func recordEvent(
    _ kind: EventKind, _ node: NodeID, _ cause: EventID,
    _ content: @autoclosure () -> TraceEvent.Content
  ) {
    recorder.record(digest)
    recorder.record(
      TraceEvent(
        id: current, instant: now, kind: kind, node: node, cause: cause, content: content()))
  }

  private mutating func start(
    _ event: PendingEvent<Machine.Message>
  ) throws(InvariantViolation) -> Bool {
    guard nodes[event.node].machine == nil, nodes[event.node].process.downs == 0
    else { return false }
    if nodes[event.node].process.isPaused { return postpone(event) }
    beginEvent(.start, event.node, event.cause)
    recordEvent(.start, event.node, event.cause, .other("\(event.node) starts"))
    try startMachine(event.node)
    return true
  }

  @inline(__always)
  private mutating func deliver(
    _ message: Machine.Message, from sender: NodeID, _ event: PendingEvent<Machine.Message>
  ) throws(InvariantViolation) -> Bool {
    let node = event.node
    // What waits in the inbox has arrived: a cut or a clog no longer reaches it.
    let isObstructed = !event.hasWaited && network.isObstructed(from: sender, to: node)
    let isCut = isObstructed && network.isCut(from: sender, to: node)
    if isObstructed, !isCut {
      holdInClog(event, from: sender)
      return false
    }
    let waits = nodes[node].isHeldUp && !event.isServed && nodes[node].machine != nil && !isCut
    let isFull = waits && nodes[node].inbox.messageCount >= configuration.inboxBound
    if waits, !isFull {
      nodes[node].inbox.messageCount += 1
      return postpone(event)
    }
    beginEvent(.deliver, node, event.cause, payload: UInt64(sender.index) + 1)
    message.absorb(into: &digest)
    recordEvent(.deliver, node, event.cause, .message("\(message)", from: sender))
    if isCut || isFull || nodes[node].machine == nil || event.isTooLate(nodes[node].process) {
      loseOnArrival(at: node, isCut ? .cut : isFull ? .inboxFull : nil)
      return true
    }
    countArrival(of: event, from: sender)
    effects.begin(circumstances(of: node))
    try nodes[node].machine?.receive(message, from: sender, &effects)
    try carryOutEffects(of: node)
    return true
  }

  @inline(__always)
  private mutating func wakeUp(
    _ ticket: TimerTable.Ticket, _ event: PendingEvent<Machine.Message>
  ) throws(InvariantViolation) -> Bool {
    let node = event.node
    guard event.incarnation == nodes[node].process.incarnation else { return false }
    if nodes[node].isHeldUp, !event.isServed,
      nodes[node].process.isPaused || nodes[node].timers.isDue(ticket, at: now)
    {
      return postpone(event)
    }
    switch nodes[node].timers.wakeUp(ticket, at: now) {
    case .void: return false
    case .early(let deadline):
      queueWakeUp(ticket, for: node, at: deadline)
      return false
    case .due(let rawTimer, let cause, let deadline, let expected):
      guard let timer = Machine.Timer(rawValue: rawTimer) else {
        preconditionFailure("a machine sets its own timers")
      }
      if deadline < now { evidence[.timersDelayed] += 1 }
      if deadline != expected { evidence[.timersShifted] += 1 }
      beginEvent(.timer, node, cause, payload: rawTimer &+ 1)
      let name = recorder.isNarrating ? nodes[node].machine?.name(of: timer) ?? "" : ""
      recordEvent(.timer, node, cause, .timer(name))
      effects.begin(circumstances(of: node))
      try nodes[node].machine?.timerFired(timer, &effects)
      try carryOutEffects(of: node)
      return true
    }
  }

  private mutating func finishSync(
    _ event: PendingEvent<Machine.Message>
  ) throws(InvariantViolation) -> Bool {
    let node = event.node
    guard event.incarnation == nodes[node].process.incarnation else { return false }
    if disks[node].isStalled, !event.hasWaited {
      evidence[.syncsStalled] += 1
      disks[node].waitingSync = pending.insert(event)
      return false
    }
    // The disk finishes even while the process stands still; only the news has to wait.
    let position =
      event.hasWaited ? nodes[node].journal.synced : nodes[node].journal.finishSync()
    if nodes[node].journal.hasSectors { countSectorHits(of: node) }
    if nodes[node].isHeldUp, !event.isServed { return postpone(event) }
    if let failure = nodes[node].journal.takeFailure() {
      try failJournal(of: node, failure, event.cause)
      return true
    }
    beginEvent(.journalSynced, node, event.cause, payload: position.count)
    recordEvent(
      .journalSynced, node, event.cause, .other("\(node) synced \(position.count) records"))
    if nodes[node].journal.takeSyncWanted() { beginSync(of: node) }
    effects.begin(circumstances(of: node))
    try nodes[node].machine?.journalSynced(position, &effects)
    try carryOutEffects(of: node)
    return true
  }

  /// Counts what becomes of a message that arrives twice, or behind later ones.
  @inline(__always)
  private mutating func countArrival(
    of event: PendingEvent<Machine.Message>, from sender: NodeID
  ) {
    if event.isDuplicate { evidence[.messagesDuplicated] += 1 }
    guard network.mayReorder else { return }
    let isLast = network.noteArrival(from: sender, to: event.node, sentBy: event.cause)
    if event.isHeldBack, !isLast { evidence[.messagesOvertaken] += 1 }
  }

  /// Counts a message that comes to a node which cannot take it.
  @inline(never)
  private mutating func loseOnArrival(at node: NodeID, _ obstacle: LossReason?) {
    let isDown = nodes[node].machine == nil
    let reason = obstacle ?? (isDown ? .recipientDown : .connectionBroken)
    switch reason {
    case .cut: evidence[.messagesCut] += 1
    case .inboxFull: evidence[.messagesOverflowed] += 1
    default: evidence[.messagesToDownNodes] += 1
    }
    recorder.add(.isLost(reason))
  }

  /// Keeps an event for a process that is paused or slow.
  private mutating func postpone(_ event: PendingEvent<Machine.Message>) -> Bool {
    let node = event.node
    if nodes[node].process.isPaused { evidence[.eventsPaused] += 1 }
    var waiting = event
    waiting.hasWaited = true
    waiting.incarnation = nodes[node].process.incarnation
    nodes[node].inbox.slots.append(pending.insert(waiting))
    beginService(at: node)
    return false
  }

  private mutating func beginFault(
    _ number: Int, _ cause: EventID
  ) throws(InvariantViolation) {
    let entry = plan.entries[number]
    let fault = entry.fault.aimed { leader(among: $0) }
    if fault != entry.fault { aimedFaults[number] = fault }
    beginEvent(.faultBegins, NodeID(0), cause, payload: UInt64(number) + 1)
    recordEvent(
      .faultBegins, NodeID(0), cause, .fault(fault, number: number, lasts: entry.lasts))
    try fault.behaviour.begin(in: &self)
    if now + entry.lasts < configuration.healsAt {
      schedule(.faultEnds(number), for: NodeID(0), at: now + entry.lasts)
    }
  }

  private mutating func heal(_ cause: EventID) throws(InvariantViolation) {
    beginEvent(.heal, NodeID(0), cause)
    recordEvent(.heal, NodeID(0), cause, .other("all faults end"))
    operationsBeforeHeal = history.operations.count
    rules.observeHeal()
    network.heal()
    releaseFromClogs()
    aims.removeAll()
    for twin in twins { removeTwin(of: twin.node) }
    for node in nodes.keys {
      healDisk(of: node)
      slow(node, by: .zero - nodes[node].service.time)
      nodes[node].process.pauses = min(nodes[node].process.pauses, 1)
      nodes[node].process.downs = 0
      resume(node)
      try startAgain(node)
      repairClocks(of: node)
    }
  }
}

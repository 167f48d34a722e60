import Determinism
import Histories
import ProtocolKit

/// One step of a machine, and what comes of it.
extension ScriptedCluster {
  mutating func step(
    _ node: NodeID,
    _ input: (inout Machine, inout Effects<Message>) throws(InvariantViolation) -> Void
  ) throws {
    let place = place(of: node)
    guard var machine = states[place].machine else { return }
    states[place].node.now = now
    do {
      (states[place].node.history, history) = (history, History())
      defer { (states[place].node.history, history) = (History(), states[place].node.history) }
      try states[place].node.perform { effects throws(InvariantViolation) in
        try input(&machine, &effects)
      }
    }
    states[place].machine = machine
    try send(from: states[place].node, machine)
    let synced = states[place].node.synced
    let clocks =
      Machine.Rules.watchesClocks ? ScriptedClocks(now: now, wallOffsets: wallOffsets) : nil
    let deeds = states[place].node.effects.observations
    self.deeds += deeds
    try judge { rules throws(InvariantViolation) in
      for deed in deeds { try rules.observe(deed, by: node) }
      try rules.observe(machine, at: node, synced: synced)
      if let clocks { try rules.observeClocks(after: node, clocks) }
    }
  }

  private var wallOffsets: SortedMap<NodeID, Nanoseconds> {
    var offsets = SortedMap<NodeID, Nanoseconds>()
    for (node, state) in zip(members, states) { offsets[node] = state.node.wallOffset }
    return offsets
  }

  private mutating func send(from node: ScriptedNode<Message>, _ machine: Machine) throws {
    if isNarrated { narrate(node, machine) }
    let letters = node.effects.envelopes.map {
      Letter(sender: node.id, recipient: $0.recipient, message: $0.message)
    }
    for letter in letters {
      if members.contains(letter.recipient) { mail.append(letter) } else { outgoing.append(letter) }
    }
    for letter in letters {
      try judge { rules throws(InvariantViolation) in
        try rules.observeSend(of: letter.message, from: letter.sender, to: letter.recipient)
      }
    }
  }

  private mutating func judge(
    _ look: (inout Machine.Rules) throws(InvariantViolation) -> Void
  ) throws {
    guard var observer = rules.take() else { return }
    defer { rules = observer }
    do throws(InvariantViolation) {
      try look(&observer)
    } catch {
      if error.property != ignoredProperty { throw error }
    }
  }

  private mutating func narrate(_ surroundings: ScriptedNode<Message>, _ machine: Machine) {
    let (node, effects) = (surroundings.id, surroundings.effects)
    log += effects.notes.map(\.text).map { $0.hasPrefix("\(node) ") ? $0 : "\(node): \($0)" }
    log += effects.marks.map { "\(node) reaches \($0)" }
    log += effects.timerRequests.map { request in
      let name = Machine.Timer(rawValue: request.timer).map(machine.name(of:)) ?? "unknown timer"
      return "\(node) \(request.delay == nil ? "cancels" : "sets") \(name)"
    }
    let written = effects.journalRequests.count {
      if case .append = $0 { true } else { false }
    }
    if written > 0 {
      log.append("\(node) writes \(written) up to \(surroundings.journalEnd.count)")
    }
    log += effects.envelopes.map { "\(node) -> \($0.recipient) \($0.message)" }
  }
}

/// The clocks of a script: the monotonic ones show true time.
private struct ScriptedClocks: ClockReadings {
  let now: Nanoseconds
  let wallOffsets: SortedMap<NodeID, Nanoseconds>
  var instant: Instant { .start + now }

  func monotonic(of node: NodeID) -> LocalTime { LocalTime(nanoseconds: now.count) }

  func wall(of node: NodeID) -> LocalTime {
    LocalTime(nanoseconds: (now + (wallOffsets[node] ?? .zero)).count)
  }
}

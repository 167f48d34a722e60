public import Determinism
public import Histories
public import ProtocolKit

/// Machines in a script: nothing is delivered, synced or timed unless the script says so.
///
/// Every step and every message is shown to the rules, which throw out of the step that broke them.
/// What cannot happen (a timer that is not set, a machine that is down) does not, so that one
/// script serves machines with and without a defect.
public struct ScriptedCluster<Machine: StateMachine> {
  /// What travels between the machines.
  public typealias Message = Machine.Message

  /// A message on its way.
  public struct Letter {
    /// Who sent it.
    public let sender: NodeID
    /// Who is to get it.
    public let recipient: NodeID
    /// What it says.
    public let message: Message
  }

  struct Member {
    var machine: Machine?
    var node: ScriptedNode<Message>
  }

  /// The members in order.
  public let members: [NodeID]

  /// What every machine is told at the start.
  public let configuration: Machine.Configuration
  /// The letters between members, oldest first.
  public internal(set) var mail: [Letter] = []
  /// The letters to everybody else, oldest first.
  public internal(set) var outgoing: [Letter] = []
  /// What clients among the members asked and learned.
  public internal(set) var history = History()
  /// What happened, in words, if the cluster is narrated.
  public internal(set) var log: [String] = []
  /// What machines told rules so far.
  public internal(set) var deeds: [Message.Observation] = []
  /// The observer; nil lets broken rules pass.
  public var rules: Machine.Rules?
  /// A rule that may be broken, so that a script can show what follows from that.
  public var ignoredProperty: String?
  /// What all clocks show, but for the offsets of wall clocks.
  public var now = Nanoseconds.zero

  var states: [Member]
  let isNarrated: Bool
  private var requestCount: UInt64 = 0

  /// Starts machines; the rules expect so many nodes, or as many as it takes to count the members.
  public init(
    _ configuration: Machine.Configuration, members: [NodeID], nodeCount: Int? = nil,
    seed: UInt64 = 1, isNarrated: Bool = false
  ) throws {
    self.configuration = configuration
    self.isNarrated = isNarrated
    let count = (members.max()?.denseIndex ?? -1) + 1
    rules = Machine.Rules(configuration: configuration, nodeCount: nodeCount ?? count)
    self.members = members
    states = members.map {
      Member(node: ScriptedNode($0, seed: seed, isNarrated: isNarrated))
    }
    for member in members { try start(member) }
  }

  /// A machine that is up; asking for one that is down is a mistake in the script.
  public subscript(node: NodeID) -> Machine {
    guard let machine = states[place(of: node)].machine else {
      preconditionFailure("\(node) is down")
    }
    return machine
  }

  /// The place of a member among the states.
  func place(of node: NodeID) -> Int {
    guard let place = members.firstIndex(of: node) else {
      preconditionFailure("\(node) is no member")
    }
    return place
  }

  /// Whether a machine runs.
  public func isUp(_ node: NodeID) -> Bool { states[place(of: node)].machine != nil }

  /// Whether a machine wrote something that is not on its disk.
  public func needsSync(_ node: NodeID) -> Bool {
    isUp(node) && states[place(of: node)].node.synced < journalEnd(of: node)
  }

  /// The place behind the last record of a machine's journal.
  public func journalEnd(of node: NodeID) -> JournalPosition {
    states[place(of: node)].node.journalEnd
  }

  /// The timers that a machine set.
  public func timers(of node: NodeID) -> [Machine.Timer] {
    states[place(of: node)].node.timers.compactMap { Machine.Timer(rawValue: $0.key) }
  }

  /// A number that no request of this script has.
  public mutating func nextRequest() -> UInt64 {
    requestCount += 1
    return requestCount
  }

  /// Returns what happened since it was asked for the last time.
  public mutating func takeLog() -> [String] {
    defer { log = [] }
    return log
  }
}

/// What happens to a machine.
extension ScriptedCluster {
  /// Hands a message over, whether or not anyone sent it.
  public mutating func hand(
    _ message: Message, from sender: NodeID, to node: NodeID
  ) throws {
    try step(node) { machine, effects throws(InvariantViolation) in
      try machine.receive(message, from: sender, &effects)
    }
  }

  /// Lets a timer fall due.
  public mutating func fire(_ timer: Machine.Timer, at node: NodeID) throws {
    guard states[place(of: node)].node.remove(timer: timer.rawValue) else { return }
    try step(node) { machine, effects throws(InvariantViolation) in
      try machine.timerFired(timer, &effects)
    }
  }

  /// Brings the journal to the disk, all of it or up to a position, and reports it.
  public mutating func sync(_ node: NodeID, upTo position: JournalPosition? = nil) throws {
    guard isUp(node) else { return }
    let synced = states[place(of: node)].node.sync(upTo: position)
    try step(node) { machine, effects throws(InvariantViolation) in
      try machine.journalSynced(synced, &effects)
    }
  }

  /// Ends the process; its journal stays as it was written.
  public mutating func crash(_ node: NodeID) {
    end(node) { $0.crash() }
  }

  /// Ends the process and forgets what was not on the disk.
  public mutating func losePower(_ node: NodeID) {
    end(node) { $0.losePower() }
  }

  private mutating func end(_ node: NodeID, _ end: (inout ScriptedNode<Message>) -> Void) {
    guard isUp(node) else { return }
    let place = place(of: node)
    states[place].machine = nil
    end(&states[place].node)
    let journalEnd = journalEnd(of: node)
    rules?.observeCrash(of: node, journalEnd: journalEnd)
  }

  /// Lets a machine start as this release from now on.
  public mutating func install(version: Int, on node: NodeID) {
    states[place(of: node)].node.version = version
  }

  /// Sets a wall clock.
  public mutating func setWallClock(of node: NodeID, to offset: Nanoseconds) {
    states[place(of: node)].node.wallOffset = offset
  }

  /// Starts a machine again from what its journal holds.
  public mutating func restart(_ node: NodeID) throws {
    guard !isUp(node) else { return }
    try start(node)
  }

  private mutating func start(_ node: NodeID) throws {
    let place = place(of: node)
    states[place].machine = try Machine(
      id: node, configuration: configuration, recovery: states[place].node.recovery)
    try step(node) { machine, effects throws(InvariantViolation) in try machine.start(&effects) }
  }
}

/// What happens to letters.
extension ScriptedCluster {
  /// Removes the letters that match from the mail, oldest first.
  public mutating func take(_ matches: (Letter) -> Bool) -> [Letter] {
    let taken = mail.filter(matches)
    mail.removeAll(where: matches)
    return taken
  }

  /// Removes the letters to everybody else, oldest first.
  public mutating func takeOutgoing() -> [Letter] {
    defer { outgoing = [] }
    return outgoing
  }

  /// Hands over a letter at a place in the mail, and leaves a copy there if it is to come twice.
  public mutating func deliver(at place: Int, keeping isKept: Bool = false) throws {
    let letter = isKept ? mail[place] : mail.remove(at: place)
    try hand(letter.message, from: letter.sender, to: letter.recipient)
  }

  /// Delivers what one machine sent another and the filter admits, in the order of sending.
  public mutating func deliver(
    from sender: NodeID, to recipient: NodeID, where admits: (Message) -> Bool = { _ in true }
  ) throws {
    let letters = take {
      $0.sender == sender && $0.recipient == recipient && admits($0.message)
    }
    for letter in letters { try hand(letter.message, from: sender, to: recipient) }
  }

  /// Loses a letter at a place in the mail.
  public mutating func lose(at place: Int) {
    mail.remove(at: place)
  }

  /// Loses what one machine sent another.
  public mutating func drop(from sender: NodeID, to recipient: NodeID) {
    _ = take { $0.sender == sender && $0.recipient == recipient }
  }

  /// Loses everything that is on its way.
  public mutating func dropAll() {
    mail = []
  }

  /// The messages on their way from one machine to another.
  public func messages(from sender: NodeID, to recipient: NodeID) -> [Message] {
    mail.filter { $0.sender == sender && $0.recipient == recipient }.map(\.message)
  }

  /// Syncs and delivers within a group until nothing is left to do; other letters stay in the mail.
  public mutating func settle(_ group: [NodeID]? = nil) throws {
    let group = group ?? members
    while true {
      for node in group where needsSync(node) { try sync(node) }
      let letters = take { group.contains($0.sender) && group.contains($0.recipient) }
      if letters.isEmpty { return }
      for letter in letters { try hand(letter.message, from: letter.sender, to: letter.recipient) }
    }
  }
}

public import Determinism

/// A rule that was broken: a finding about the system under test, never a bug of the simulator.
public struct InvariantViolation: Error, Hashable, Sendable {
  /// The rule's name in its paper, in lower case with dashes, such as `election-safety`.
  public let property: String

  /// How it was broken, in one sentence with roles instead of names, for grouping alike findings.
  public let kind: String

  /// How it was broken this time, with nodes, terms and values.
  public let detail: Sentence

  /// Creates a violation.
  public init(property: String, kind: String, detail: Sentence) {
    self.property = property
    self.kind = kind
    self.detail = detail
  }
}

/// Rules that must hold after every event, with the ghost state needed to check them.
///
/// Ghost state is what an omniscient observer remembers: votes, commits, what was durable when a
/// promise was made. It lives in the world and survives crashes that nodes do not.
public protocol Invariants: Sendable {
  /// The machine whose clusters are judged.
  associatedtype Machine: StateMachine

  /// The rules, in the order in which reports list them.
  static var rules: [Rule] { get }

  /// How often each rule had something to decide, in their order.
  var exercised: [Int] { get }

  /// Creates the ghost of a cluster before its first event.
  init(configuration: Machine.Configuration, nodeCount: Int)

  /// Looks at a message at the moment its sender lets go of it.
  mutating func observeSend(
    of message: Machine.Message, from sender: NodeID, to recipient: NodeID
  ) throws(InvariantViolation)

  /// Looks at something that a machine says it did, in the order of doing, before `observe`.
  mutating func observe(
    _ deed: Machine.Message.Observation, by node: NodeID
  ) throws(InvariantViolation)

  /// Whether the rules look at machines; those that do not pay nothing for it.
  static var watchesMachines: Bool { get }

  /// Looks at a machine after an event that it handled.
  ///
  /// Called after every event, so it should cost O(1) amortised. `synced` is the last journal
  /// record that would survive a loss of power now.
  mutating func observe(
    _ machine: Machine, at node: NodeID, synced: JournalPosition
  ) throws(InvariantViolation)

  /// Whether the rules look at clocks; those that do not pay nothing for it.
  static var watchesClocks: Bool { get }

  /// Looks at what the nodes' clocks show, right after `observe`.
  mutating func observeClocks(
    after node: NodeID, _ clocks: some ClockReadings
  ) throws(InvariantViolation)

  /// Learns that a node lost what it had in memory, and that its journal ends here now.
  mutating func observeCrash(of node: NodeID, journalEnd: JournalPosition)

  /// Learns that a node, which is down, lost its disk: it comes back as a stranger under an old name.
  ///
  /// What it promised and remembered does not bind it any more; what others rely on still does. So
  /// rules forget what only this node could contradict, and go on to judge what the cluster makes of it.
  mutating func observeWipe(of node: NodeID)

  /// Learns that all faults have ended: from here on the cluster owes that it settles.
  mutating func observeHeal()

  /// Judges the cluster after the last event, when faults have healed and it had time to settle.
  mutating func observeEnd() throws(InvariantViolation)
}

extension Invariants {
  /// The names of the rules, as findings use them.
  public static var properties: [String] { rules.map(\.slug) }

  /// Why a rule matters, in plain sentences for people who see it broken.
  public static func rationale(of property: String) -> String? {
    rules.first { $0.slug == property }?.rationale
  }

  /// Nothing: most machines show in their state what they did.
  public mutating func observe(
    _ deed: Machine.Message.Observation, by node: NodeID
  ) throws(InvariantViolation) {}

  /// Nothing: most messages promise nothing that state does not show.
  public mutating func observeSend(
    of message: Machine.Message, from sender: NodeID, to recipient: NodeID
  ) throws(InvariantViolation) {}

  /// Nothing: for rules that remember nothing of what a node has in memory.
  public mutating func observeCrash(of node: NodeID, journalEnd: JournalPosition) {}

  /// The same as a crash without a journal: for rules that know of no promises of single nodes.
  public mutating func observeWipe(of node: NodeID) { observeCrash(of: node, journalEnd: .start) }

  /// Nothing: most rules hold whether faults last or not.
  public mutating func observeHeal() {}

  /// Nothing: most rules owe nothing at the end.
  public mutating func observeEnd() throws(InvariantViolation) {}

  /// True: most rules are about state.
  public static var watchesMachines: Bool { true }

  /// False: most rules are about state, not about time.
  public static var watchesClocks: Bool { false }

  /// Ignores clocks.
  public mutating func observeClocks(
    after node: NodeID, _ clocks: some ClockReadings
  ) throws(InvariantViolation) {}
}

extension StateMachine {
  /// Shows the machine to rules where it stands, after an event that it handled.
  ///
  /// It changes nothing. A machine that is read out of the world to be passed on would be copied
  /// whole, field by field, after every event; one that is reached for changing is not.
  @inline(__always)
  public mutating func show(
    to rules: inout Rules, at node: NodeID, synced: JournalPosition
  ) throws(InvariantViolation) {
    try rules.observe(self, at: node, synced: synced)
  }
}

/// What the clocks of all nodes show at one true instant, as only an omniscient observer knows it.
///
/// With it rules can judge what nodes believe about time, such as who still holds a lease.
public protocol ClockReadings {
  /// The true instant.
  var instant: Instant { get }

  /// What a node's monotonic clock shows.
  func monotonic(of node: NodeID) -> LocalTime

  /// What a node's wall clock shows.
  func wall(of node: NodeID) -> LocalTime
}

/// The invariants of a machine that promises nothing.
public struct NoInvariants<Machine: StateMachine>: Invariants {
  /// No rules.
  public static var rules: [Rule] { [] }

  /// Nothing to decide.
  public var exercised: [Int] { [] }

  /// Nothing to look at.
  public static var watchesMachines: Bool { false }

  /// Creates the empty ghost.
  public init(configuration: Machine.Configuration, nodeCount: Int) {}

  /// Accepts any state.
  public mutating func observe(
    _ machine: Machine, at node: NodeID, synced: JournalPosition
  ) {}
}

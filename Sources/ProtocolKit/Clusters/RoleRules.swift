/// The rules of all roles of a cluster, each kept by its own.
///
/// Each role's rules see the machines and the messages of that role. Rules that span roles are laid
/// over the cluster with `Ruled`.
public struct RoleRules<First: StateMachine, Rest: StateMachine>: Invariants
where First.Message == Rest.Message {
  /// The cluster that is judged.
  public typealias Machine = Roles<First, Rest>

  private let configuration: Machine.Configuration
  private var first: First.Rules
  private var rest: Rest.Rules

  /// What is judged: the first role's rules, then of the others'.
  public static var rules: [Rule] { First.Rules.rules + Rest.Rules.rules }

  /// Whether any role's rules look at clocks.
  public static var watchesClocks: Bool {
    First.Rules.watchesClocks || Rest.Rules.watchesClocks
  }

  /// How often each of them had something to decide.
  public var exercised: [Int] { first.exercised + rest.exercised }

  /// Creates the ghosts of all roles.
  public init(configuration: Machine.Configuration, nodeCount: Int) {
    self.configuration = configuration
    first = First.Rules(configuration: configuration.first, nodeCount: nodeCount)
    rest = Rest.Rules(configuration: configuration.rest, nodeCount: nodeCount)
  }

  /// Shows a message to the rules of its sender.
  public mutating func observeSend(
    of message: First.Message, from sender: NodeID, to recipient: NodeID
  ) throws(InvariantViolation) {
    if configuration.playsFirst(sender) {
      try first.observeSend(of: message, from: sender, to: recipient)
    } else {
      try rest.observeSend(of: message, from: sender, to: recipient)
    }
  }

  /// Shows what a machine did to the rules of its role.
  public mutating func observe(
    _ deed: First.Message.Observation, by node: NodeID
  ) throws(InvariantViolation) {
    if configuration.playsFirst(node) {
      try first.observe(deed, by: node)
    } else {
      try rest.observe(deed, by: node)
    }
  }

  /// Shows a machine to the rules of its role.
  public mutating func observe(
    _ machine: Machine, at node: NodeID, synced: JournalPosition
  ) throws(InvariantViolation) {
    if let player = machine.first { try first.observe(player, at: node, synced: synced) }
    if let player = machine.rest { try rest.observe(player, at: node, synced: synced) }
  }

  /// Shows the clocks after an event to the rules of the node's role.
  public mutating func observeClocks(
    after node: NodeID, _ clocks: some ClockReadings
  ) throws(InvariantViolation) {
    if configuration.playsFirst(node) {
      try first.observeClocks(after: node, clocks)
    } else {
      try rest.observeClocks(after: node, clocks)
    }
  }

  /// Learns that a node lost its memory.
  public mutating func observeCrash(of node: NodeID, journalEnd: JournalPosition) {
    if configuration.playsFirst(node) {
      first.observeCrash(of: node, journalEnd: journalEnd)
    } else {
      rest.observeCrash(of: node, journalEnd: journalEnd)
    }
  }

  /// Learns that a node lost its disk.
  public mutating func observeWipe(of node: NodeID) {
    if configuration.playsFirst(node) {
      first.observeWipe(of: node)
    } else {
      rest.observeWipe(of: node)
    }
  }

  /// Learns that all faults have ended.
  public mutating func observeHeal() {
    first.observeHeal()
    rest.observeHeal()
  }

  /// Judges all roles at the end.
  public mutating func observeEnd() throws(InvariantViolation) {
    try first.observeEnd()
    try rest.observeEnd()
  }
}

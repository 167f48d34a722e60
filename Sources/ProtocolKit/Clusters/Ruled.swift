/// A cluster with rules that see all its roles, on top of those that each role keeps by itself.
///
/// For what no single role can judge: that a commit implies a vote of every participant, that a
/// resource accepts no token that was never granted.
public struct Ruled<Cluster: StateMachine, Extra: Invariants>: StateMachine, Wrapper
where Extra.Machine == Cluster {
  /// What the nodes send each other.
  public typealias Message = Cluster.Message
  /// What a node asks to be woken for.
  public typealias Timer = Cluster.Timer
  /// What every node is told.
  public typealias Configuration = Cluster.Configuration
  /// The rules of the roles, and those that span them.
  public typealias Rules = JointRules<Cluster, Extra>

  /// The node in the role that it plays.
  public internal(set) var wrapped: Cluster

  /// Creates the machine for this place in the cluster.
  public init(
    id: NodeID, configuration: Configuration, recovery: Recovery
  ) throws(RecoveryFailure) {
    wrapped = try Cluster(id: id, configuration: configuration, recovery: recovery)
  }
}

/// The rules of a cluster's roles, and those that span them.
public struct JointRules<Cluster: StateMachine, Extra: Invariants>: Invariants
where Extra.Machine == Cluster {
  /// The cluster that is judged.
  public typealias Machine = Ruled<Cluster, Extra>

  private var own: Cluster.Rules
  private var extra: Extra

  /// What is judged: the roles' rules, then of those that span them.
  public static var rules: [Rule] { Cluster.Rules.rules + Extra.rules }

  /// Whether any of them looks at clocks.
  public static var watchesClocks: Bool { Cluster.Rules.watchesClocks || Extra.watchesClocks }

  /// How often each of them had something to decide.
  public var exercised: [Int] { own.exercised + extra.exercised }

  /// Creates the ghosts of both.
  public init(configuration: Machine.Configuration, nodeCount: Int) {
    own = Cluster.Rules(configuration: configuration, nodeCount: nodeCount)
    extra = Extra(configuration: configuration, nodeCount: nodeCount)
  }

  /// Shows a message to both.
  public mutating func observeSend(
    of message: Cluster.Message, from sender: NodeID, to recipient: NodeID
  ) throws(InvariantViolation) {
    try own.observeSend(of: message, from: sender, to: recipient)
    try extra.observeSend(of: message, from: sender, to: recipient)
  }

  /// Shows what a machine did to both.
  public mutating func observe(
    _ deed: Cluster.Message.Observation, by node: NodeID
  ) throws(InvariantViolation) {
    try own.observe(deed, by: node)
    try extra.observe(deed, by: node)
  }

  /// Shows a machine to both.
  public mutating func observe(
    _ machine: Machine, at node: NodeID, synced: JournalPosition
  ) throws(InvariantViolation) {
    try own.observe(machine.wrapped, at: node, synced: synced)
    try extra.observe(machine.wrapped, at: node, synced: synced)
  }

  /// Shows the clocks after an event to both.
  public mutating func observeClocks(
    after node: NodeID, _ clocks: some ClockReadings
  ) throws(InvariantViolation) {
    try own.observeClocks(after: node, clocks)
    try extra.observeClocks(after: node, clocks)
  }

  /// Learns that a node lost its memory.
  public mutating func observeCrash(of node: NodeID, journalEnd: JournalPosition) {
    own.observeCrash(of: node, journalEnd: journalEnd)
    extra.observeCrash(of: node, journalEnd: journalEnd)
  }

  /// Learns that a node lost its disk.
  public mutating func observeWipe(of node: NodeID) {
    own.observeWipe(of: node)
    extra.observeWipe(of: node)
  }

  /// Learns that all faults have ended.
  public mutating func observeHeal() {
    own.observeHeal()
    extra.observeHeal()
  }

  /// Judges the end.
  public mutating func observeEnd() throws(InvariantViolation) {
    try own.observeEnd()
    try extra.observeEnd()
  }
}

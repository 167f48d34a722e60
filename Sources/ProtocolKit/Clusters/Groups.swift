/// Several groups of one protocol side by side, such as shards or replicated participants.
///
/// Each group has a configuration and a ghost of its own; no rule sees more than one of them.
public struct Groups<Member: StateMachine>: StateMachine, Wrapper {
  /// What the members of a group send each other.
  public typealias Message = Member.Message
  /// What a member asks to be woken for.
  public typealias Timer = Member.Timer
  /// The rules of every group.
  public typealias Rules = GroupRules<Member>

  /// Who works together, and what each group is told.
  public struct Configuration: Sendable {
    /// A group and what its members are told.
    public struct Group: Sendable {
      /// The members.
      public let members: Membership
      /// What they are told.
      public let configuration: Member.Configuration

      /// Creates a group.
      public init(_ members: Membership, told configuration: Member.Configuration) {
        self.members = members
        self.configuration = configuration
      }
    }

    /// The groups; no node is in two of them.
    public let groups: [Group]
    private let places: MemberMap<Int>

    /// Creates the configuration of some groups; a node in two of them traps.
    public init(_ groups: [Group]) {
      self.groups = groups
      var places = MemberMap(repeating: -1, of: Membership(groups.flatMap(\.members.nodes)))
      for (place, group) in groups.enumerated() {
        for node in group.members.nodes { places[node] = place }
      }
      self.places = places
    }

    /// The place of the group of a node; a node in no group traps.
    func place(of node: NodeID) -> Int { places[node] }
  }

  /// The member of a group that this node is.
  public internal(set) var wrapped: Member

  /// Creates the member that a node is.
  public init(
    id: NodeID, configuration: Configuration, recovery: Recovery
  ) throws(RecoveryFailure) {
    wrapped = try Member(
      id: id, configuration: configuration.groups[configuration.place(of: id)].configuration,
      recovery: recovery)
  }
}

/// The rules of a protocol, kept by each of its groups.
public struct GroupRules<Member: StateMachine>: Invariants {
  /// The groups that are judged.
  public typealias Machine = Groups<Member>

  private let configuration: Machine.Configuration
  private var groups: [Member.Rules]

  /// What is judged: one group's rules.
  public static var rules: [Rule] { Member.Rules.rules }

  /// Whether they look at clocks.
  public static var watchesClocks: Bool { Member.Rules.watchesClocks }

  /// How often each of them had something to decide, in all groups together.
  public var exercised: [Int] {
    groups.reduce([Int](repeating: 0, count: Self.rules.count)) { sums, group in
      zip(sums, group.exercised).map { $0 + $1 }
    }
  }

  /// Creates the ghosts of all groups.
  public init(configuration: Machine.Configuration, nodeCount: Int) {
    self.configuration = configuration
    groups = configuration.groups.map {
      Member.Rules(configuration: $0.configuration, nodeCount: nodeCount)
    }
  }

  /// Shows a message to the rules of its sender's group.
  public mutating func observeSend(
    of message: Member.Message, from sender: NodeID, to recipient: NodeID
  ) throws(InvariantViolation) {
    try groups[configuration.place(of: sender)].observeSend(
      of: message, from: sender, to: recipient)
  }

  /// Shows what a machine did to the rules of its group.
  public mutating func observe(
    _ deed: Member.Message.Observation, by node: NodeID
  ) throws(InvariantViolation) {
    try groups[configuration.place(of: node)].observe(deed, by: node)
  }

  /// Shows a machine to the rules of its group.
  public mutating func observe(
    _ machine: Machine, at node: NodeID, synced: JournalPosition
  ) throws(InvariantViolation) {
    try groups[configuration.place(of: node)].observe(machine.wrapped, at: node, synced: synced)
  }

  /// Shows the clocks after an event to the rules of the node's group.
  public mutating func observeClocks(
    after node: NodeID, _ clocks: some ClockReadings
  ) throws(InvariantViolation) {
    try groups[configuration.place(of: node)].observeClocks(after: node, clocks)
  }

  /// Learns that a node lost its memory.
  public mutating func observeCrash(of node: NodeID, journalEnd: JournalPosition) {
    groups[configuration.place(of: node)].observeCrash(of: node, journalEnd: journalEnd)
  }

  /// Learns that a node lost its disk.
  public mutating func observeWipe(of node: NodeID) {
    groups[configuration.place(of: node)].observeWipe(of: node)
  }

  /// Learns that all faults have ended.
  public mutating func observeHeal() {
    for place in groups.indices { groups[place].observeHeal() }
  }

  /// Judges every group at the end.
  public mutating func observeEnd() throws(InvariantViolation) {
    for place in groups.indices { try groups[place].observeEnd() }
  }
}

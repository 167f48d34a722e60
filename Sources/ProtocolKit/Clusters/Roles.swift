/// A cluster whose nodes play different roles: some the first, all others one of the rest.
///
/// A list of roles is a type, such as `Roles<LockServer, Roles<Storage, Worker>>`. Who plays what is
/// said by name, never by counting: roles may lie between each other in any order.
///
/// Exactly one of the two machines is present. They are stored side by side rather than in an
/// enum so that handlers change them in place instead of moving them out and back.
public struct Roles<First: StateMachine, Rest: StateMachine>: StateMachine
where First.Message == Rest.Message {
  /// What the nodes send each other, whatever they play.
  public typealias Message = First.Message
  /// The rules of all roles, each kept by its own.
  public typealias Rules = RoleRules<First, Rest>

  /// Who plays what, and what each role is told.
  public struct Configuration: Sendable {
    /// What every node of the first role is told.
    public let first: First.Configuration
    /// What all others are told.
    public let rest: Rest.Configuration
    private let isFirst: [Bool]

    /// Creates the configuration of a cluster in which some nodes play the first role.
    public init(_ nodes: [NodeID], play first: First.Configuration, others rest: Rest.Configuration)
    {
      self.first = first
      self.rest = rest
      var isFirst = [Bool](repeating: false, count: (nodes.map(\.denseIndex).max() ?? -1) + 1)
      for node in nodes { isFirst[node.denseIndex] = true }
      self.isFirst = isFirst
    }

    /// Whether a node plays the first role.
    @inline(__always)
    func playsFirst(_ node: NodeID) -> Bool {
      node.denseIndex < isFirst.count && isFirst[node.denseIndex]
    }
  }

  /// A timer of one role or another, told apart by the node it belongs to.
  public struct Timer: RawRepresentable, Sendable {
    /// The raw value of the role's own timer.
    public let rawValue: UInt64

    /// Creates the timer with the raw value of a role's own.
    public init(rawValue: UInt64) {
      self.rawValue = rawValue
    }
  }

  /// The machine of the first role, if this node plays it.
  public private(set) var first: First?
  /// The machine of one of the other roles, if not.
  public private(set) var rest: Rest?

  /// Creates the machine for this place in the cluster.
  public init(
    id: NodeID, configuration: Configuration, recovery: Recovery
  ) throws(RecoveryFailure) {
    if configuration.playsFirst(id) {
      first = try First(id: id, configuration: configuration.first, recovery: recovery)
    } else {
      rest = try Rest(id: id, configuration: configuration.rest, recovery: recovery)
    }
  }

  /// Begins to work.
  public mutating func start(_ effects: inout Effects<Message>) throws(InvariantViolation) {
    try first?.start(&effects)
    try rest?.start(&effects)
  }

  /// Handles a message.
  public mutating func receive(
    _ message: Message, from sender: NodeID, _ effects: inout Effects<Message>
  ) throws(InvariantViolation) {
    try first?.receive(message, from: sender, &effects)
    try rest?.receive(message, from: sender, &effects)
  }

  /// Handles a timer that fell due.
  public mutating func timerFired(
    _ timer: Timer, _ effects: inout Effects<Message>
  ) throws(InvariantViolation) {
    if let own = First.Timer(rawValue: timer.rawValue) { try first?.timerFired(own, &effects) }
    if let own = Rest.Timer(rawValue: timer.rawValue) { try rest?.timerFired(own, &effects) }
  }

  /// Learns that journal records are durable.
  public mutating func journalSynced(
    _ position: JournalPosition, _ effects: inout Effects<Message>
  ) throws(InvariantViolation) {
    try first?.journalSynced(position, &effects)
    try rest?.journalSynced(position, &effects)
  }

  /// Whether this node claims to lead.
  public var isLeading: Bool { first?.isLeading ?? rest?.isLeading ?? false }

  /// Learns that a sync failed, and decides whether the process runs on.
  public mutating func journalFailed(
    _ failure: JournalFailure, _ effects: inout Effects<Message>
  ) throws(InvariantViolation) -> JournalFailureResponse {
    let answer = try first?.journalFailed(failure, &effects)
    return try rest?.journalFailed(failure, &effects) ?? answer ?? .stop
  }

  /// The name of a timer in event logs.
  public func name(of timer: Timer) -> String {
    if let first, let own = First.Timer(rawValue: timer.rawValue) { return first.name(of: own) }
    if let rest, let own = Rest.Timer(rawValue: timer.rawValue) { return rest.name(of: own) }
    return "timer \(timer.rawValue)"
  }
}

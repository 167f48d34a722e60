/// A cluster in which the first nodes are servers and the rest are clients of theirs.
///
/// Exactly one of the two machines is present. They are stored side by side rather than in an
/// enum so that handlers change them in place instead of moving them out and back.
public struct ServersAndClients<Server: StateMachine, Client: StateMachine>: StateMachine
where Server.Message == Client.Message {
  /// What servers and clients send each other.
  public typealias Message = Server.Message
  /// The rules of the servers.
  public typealias Rules = ServerRules<Server, Client>

  /// Who is what, and what each kind is told.
  public struct Configuration: Sendable {
    /// The number of servers; they are the first nodes.
    public let serverCount: Int
    /// What every server is told.
    public let server: Server.Configuration
    /// What every client is told.
    public let client: Client.Configuration

    /// Creates the configuration of a cluster.
    public init(serverCount: Int, server: Server.Configuration, client: Client.Configuration) {
      self.serverCount = serverCount
      self.server = server
      self.client = client
    }
  }

  /// A timer of a server or a client, told apart by the node it belongs to.
  public struct Timer: RawRepresentable, Sendable {
    /// The raw value of the server's or client's own timer.
    public let rawValue: UInt64

    /// Creates the timer with the raw value of a server's or client's own.
    public init(rawValue: UInt64) {
      self.rawValue = rawValue
    }
  }

  /// The server, if this node is one.
  public private(set) var server: Server?
  /// The client, if this node is one.
  public private(set) var client: Client?

  /// Creates the machine for this place in the cluster.
  public init(
    id: NodeID, configuration: Configuration, recovery: Recovery
  ) throws(RecoveryFailure) {
    if id.denseIndex < configuration.serverCount {
      server = try Server(id: id, configuration: configuration.server, recovery: recovery)
    } else {
      client = try Client(id: id, configuration: configuration.client, recovery: recovery)
    }
  }

  /// Begins to work.
  public mutating func start(_ effects: inout Effects<Message>) throws(InvariantViolation) {
    try server?.start(&effects)
    try client?.start(&effects)
  }

  /// Handles a message.
  public mutating func receive(
    _ message: Message, from sender: NodeID, _ effects: inout Effects<Message>
  ) throws(InvariantViolation) {
    try server?.receive(message, from: sender, &effects)
    try client?.receive(message, from: sender, &effects)
  }

  /// Handles a timer that fell due.
  public mutating func timerFired(
    _ timer: Timer, _ effects: inout Effects<Message>
  ) throws(InvariantViolation) {
    if let own = Server.Timer(rawValue: timer.rawValue) { try server?.timerFired(own, &effects) }
    if let own = Client.Timer(rawValue: timer.rawValue) { try client?.timerFired(own, &effects) }
  }

  /// Learns that journal records are durable.
  public mutating func journalSynced(
    _ position: JournalPosition, _ effects: inout Effects<Message>
  ) throws(InvariantViolation) {
    try server?.journalSynced(position, &effects)
    try client?.journalSynced(position, &effects)
  }

  /// Whether this node is a server that claims to lead.
  public var isLeading: Bool { server?.isLeading ?? false }

  /// Learns that a sync failed, and decides whether the process runs on.
  public mutating func journalFailed(
    _ failure: JournalFailure, _ effects: inout Effects<Message>
  ) throws(InvariantViolation) -> JournalFailureResponse {
    let answer = try server?.journalFailed(failure, &effects)
    return try client?.journalFailed(failure, &effects) ?? answer ?? .stop
  }

  /// The name of a timer in event logs.
  public func name(of timer: Timer) -> String {
    if let server, let own = Server.Timer(rawValue: timer.rawValue) { return server.name(of: own) }
    if let client, let own = Client.Timer(rawValue: timer.rawValue) { return client.name(of: own) }
    return "timer \(timer.rawValue)"
  }
}

/// The rules of the servers of a cluster; clients promise nothing to each other.
public struct ServerRules<Server: StateMachine, Client: StateMachine>: Invariants
where Server.Message == Client.Message {
  /// The pairing that is judged.
  public typealias Machine = ServersAndClients<Server, Client>

  private let serverCount: Int
  private var rules: Server.Rules

  /// The names of the servers' rules.
  public static var properties: [String] { Server.Rules.properties }

  /// Why one of them matters.
  public static func rationale(of property: String) -> String? {
    Server.Rules.rationale(of: property)
  }

  /// How often each of them had something to decide.
  public var exercised: [Int] { rules.exercised }

  /// Creates the ghost of the servers.
  public init(configuration: Machine.Configuration, nodeCount: Int) {
    serverCount = configuration.serverCount
    rules = Server.Rules(configuration: configuration.server, nodeCount: serverCount)
  }

  /// Looks at a message if a server sent it.
  public mutating func observeSend(
    of message: Server.Message, from sender: NodeID, to recipient: NodeID
  ) throws(InvariantViolation) {
    guard sender.denseIndex < serverCount else { return }
    try rules.observeSend(of: message, from: sender, to: recipient)
  }

  /// Looks at a machine if it is a server.
  public mutating func observe(
    _ machine: Machine, at node: NodeID, synced: JournalPosition
  ) throws(InvariantViolation) {
    guard let server = machine.server else { return }
    try rules.observe(server, at: node, synced: synced)
  }

  /// Learns that a server lost its memory.
  public mutating func observeCrash(of node: NodeID, journalEnd: JournalPosition) {
    guard node.denseIndex < serverCount else { return }
    rules.observeCrash(of: node, journalEnd: journalEnd)
  }

  /// Judges the servers at the end.
  public mutating func observeEnd() throws(InvariantViolation) {
    try rules.observeEnd()
  }
}

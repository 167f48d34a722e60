/// A cluster in which the first nodes are servers and the rest are clients of theirs.
///
/// Pairings nest: the clients of one may be a pairing again, whose servers are the nodes up to its
/// own `serverCount`, counted from the first node of the whole cluster.
///
/// Exactly one of the two machines is present. They are stored side by side rather than in an
/// enum so that handlers change them in place instead of moving them out and back.
public struct ServersAndClients<Server: StateMachine, Client: StateMachine>: StateMachine
where Server.Message == Client.Message {
  /// What servers and clients send each other.
  public typealias Message = Server.Message
  /// The rules of both kinds.
  public typealias Rules = PairRules<Server, Client>

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

  /// Whether this node claims to lead.
  public var isLeading: Bool { server?.isLeading ?? client?.isLeading ?? false }

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

/// The rules of both kinds of node, each kept by its own.
///
/// Each kind's rules see the machines and the messages of that kind. Rules that span kinds hold at
/// the kind where they can be broken: a resource sees who writes to it.
public struct PairRules<Server: StateMachine, Client: StateMachine>: Invariants
where Server.Message == Client.Message {
  /// The pairing that is judged.
  public typealias Machine = ServersAndClients<Server, Client>

  private let serverCount: Int
  private var servers: Server.Rules
  private var clients: Client.Rules

  /// The names of the servers' rules, then of the clients'.
  public static var properties: [String] { Server.Rules.properties + Client.Rules.properties }

  /// Why one of them matters.
  public static func rationale(of property: String) -> String? {
    Server.Rules.rationale(of: property) ?? Client.Rules.rationale(of: property)
  }

  /// Whether either kind's rules look at clocks.
  public static var watchesClocks: Bool {
    Server.Rules.watchesClocks || Client.Rules.watchesClocks
  }

  /// How often each of them had something to decide.
  public var exercised: [Int] { servers.exercised + clients.exercised }

  /// Creates the ghosts of both kinds.
  public init(configuration: Machine.Configuration, nodeCount: Int) {
    serverCount = configuration.serverCount
    servers = Server.Rules(configuration: configuration.server, nodeCount: serverCount)
    clients = Client.Rules(configuration: configuration.client, nodeCount: nodeCount)
  }

  /// Shows a message to the rules of its sender.
  public mutating func observeSend(
    of message: Server.Message, from sender: NodeID, to recipient: NodeID
  ) throws(InvariantViolation) {
    if sender.denseIndex < serverCount {
      try servers.observeSend(of: message, from: sender, to: recipient)
    } else {
      try clients.observeSend(of: message, from: sender, to: recipient)
    }
  }

  /// Shows a machine to the rules of its kind.
  public mutating func observe(
    _ machine: Machine, at node: NodeID, synced: JournalPosition
  ) throws(InvariantViolation) {
    if let server = machine.server { try servers.observe(server, at: node, synced: synced) }
    if let client = machine.client { try clients.observe(client, at: node, synced: synced) }
  }

  /// Shows the clocks after an event to the rules of the node's kind.
  public mutating func observeClocks(
    after node: NodeID, _ clocks: some ClockReadings
  ) throws(InvariantViolation) {
    if node.denseIndex < serverCount {
      try servers.observeClocks(after: node, clocks)
    } else {
      try clients.observeClocks(after: node, clocks)
    }
  }

  /// Learns that a node lost its memory.
  public mutating func observeCrash(of node: NodeID, journalEnd: JournalPosition) {
    if node.denseIndex < serverCount {
      servers.observeCrash(of: node, journalEnd: journalEnd)
    } else {
      clients.observeCrash(of: node, journalEnd: journalEnd)
    }
  }

  /// Judges both kinds at the end.
  public mutating func observeEnd() throws(InvariantViolation) {
    try servers.observeEnd()
    try clients.observeEnd()
  }
}

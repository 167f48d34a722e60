import Determinism
import ProtocolKit
import Protocols

/// Raft servers on strings: nothing is delivered, synced or timed unless a test says so.
///
/// Every step and every message is shown to the invariants, which throw out of the step that broke
/// them. What cannot happen (a letter that was never sent, a timer that is not set, a server that is
/// down) is ignored, so that one script serves servers with and without a defect.
struct RaftCluster {
  typealias Server = Raft<KeyValueStore>
  typealias Message = RaftMessage<KeyValueStore>
  typealias Rules = RaftInvariants<KeyValueStore>

  /// A message on its way.
  struct Letter {
    let sender: NodeID
    let recipient: NodeID
    let message: Message
  }

  /// A server and what outlives it.
  struct Node {
    var server: Server?
    var records: [[UInt8]] = []
    var synced = JournalPosition.start
    var timers: Set<Server.Timer> = []
    var choiceCount: UInt64 = 0
    var incarnation = 0
    /// The release that starts next.
    var version = 1

    var journalEnd: JournalPosition { JournalPosition(UInt64(records.count)) }
  }

  let configuration: RaftConfiguration
  private(set) var nodes: DenseMap<NodeID, Node>
  /// The letters between servers, oldest first.
  private(set) var mail: [Letter] = []
  /// What clients were told, oldest first.
  private(set) var replies: [ServiceReply<KeyValueStore>] = []
  /// The observer; nil lets broken rules pass.
  var rules: Rules?
  /// A rule that may be broken, so that a script can show what follows from that.
  var ignoredProperty: String?

  private var effects = Effects<Message>(isNarrated: false)
  private let randomness: Randomness
  private var requestCount: UInt64 = 0

  init(
    servers: Int = 3, seed: UInt64 = 1, configure: (inout RaftConfiguration) -> Void = { _ in }
  ) throws {
    var configuration = RaftConfiguration(serverCount: servers)
    configure(&configuration)
    self.configuration = configuration
    randomness = Randomness(seed: seed)
    rules = Rules(configuration: configuration, nodeCount: servers)
    nodes = DenseMap(repeating: Node(), count: servers)
    for node in nodes.keys { try start(node) }
  }

  /// The servers in order.
  var members: [NodeID] { Array(nodes.keys) }

  /// A server that is up; asking for one that is down is a mistake in the test.
  subscript(node: NodeID) -> Server {
    guard let server = nodes[node].server else { preconditionFailure("\(node) is down") }
    return server
  }

  func isUp(_ node: NodeID) -> Bool { nodes[node].server != nil }

  func needsSync(_ node: NodeID) -> Bool {
    isUp(node) && nodes[node].synced < nodes[node].journalEnd
  }
}

/// What happens to a server.
extension RaftCluster {
  /// Hands a message over, whether or not anyone sent it.
  mutating func hand(_ message: Message, from sender: NodeID, to node: NodeID) throws {
    try step(node) { server, effects throws(InvariantViolation) in
      try server.receive(message, from: sender, &effects)
    }
  }

  /// Lets a timer fall due.
  mutating func fire(_ timer: Server.Timer, at node: NodeID) throws {
    guard nodes[node].timers.remove(timer) != nil else { return }
    try step(node) { $0.timerFired(timer, &$1) }
  }

  /// Brings the journal to the disk, all of it or up to a position, and reports it.
  mutating func sync(_ node: NodeID, upTo position: JournalPosition? = nil) throws {
    guard isUp(node) else { return }
    let synced = max(
      nodes[node].synced, min(position ?? nodes[node].journalEnd, nodes[node].journalEnd))
    nodes[node].synced = synced
    try step(node) { $0.journalSynced(synced, &$1) }
  }

  /// Ends the process; its journal stays as it was written.
  mutating func crash(_ node: NodeID) {
    guard isUp(node) else { return }
    nodes[node].server = nil
    nodes[node].timers = []
    nodes[node].incarnation += 1
    rules?.observeCrash(of: node, journalEnd: nodes[node].journalEnd)
  }

  /// Ends the process and forgets what was not on the disk.
  mutating func losePower(_ node: NodeID) {
    guard isUp(node) else { return }
    nodes[node].records.removeLast(nodes[node].records.count - Int(nodes[node].synced.count))
    crash(node)
  }

  /// Lets a server start as this release from now on.
  mutating func install(version: Int, on node: NodeID) {
    nodes[node].version = version
  }

  /// Starts a server again from what its journal holds.
  mutating func restart(_ node: NodeID) throws {
    guard !isUp(node) else { return }
    try start(node)
  }

  private mutating func start(_ node: NodeID) throws {
    let records = nodes[node].records.enumerated().map { offset, bytes in
      Recovery.Record(position: JournalPosition(UInt64(offset) + 1), bytes: bytes)
    }
    nodes[node].server = try Server(
      id: node, configuration: configuration,
      recovery: Recovery(
        records: records, incarnation: nodes[node].incarnation, version: nodes[node].version))
    try step(node) { $0.start(&$1) }
  }

  private mutating func step(
    _ node: NodeID,
    _ input: (inout Server, inout Effects<Message>) throws(InvariantViolation) -> Void
  ) throws {
    guard var server = nodes[node].server else { return }
    effects.begin(
      Effects.Circumstances(
        node: node, now: LocalTime(nanoseconds: 0), wallClock: LocalTime(nanoseconds: 0),
        journalEnd: nodes[node].journalEnd, choiceCount: nodes[node].choiceCount,
        operationCount: 0, randomness: randomness))
    defer { effects.removeAll() }
    try input(&server, &effects)
    nodes[node].server = server
    carryOutEffects(of: node)
    for envelope in effects.envelopes {
      try judge { rules throws(InvariantViolation) in
        try rules.observeSend(of: envelope.message, from: node, to: envelope.recipient)
      }
    }
    let synced = nodes[node].synced
    try judge { rules throws(InvariantViolation) in
      try rules.observe(server, at: node, synced: synced)
    }
  }

  private mutating func judge(_ look: (inout Rules) throws(InvariantViolation) -> Void) throws {
    guard var observer = rules.take() else { return }
    defer { rules = observer }
    do throws(InvariantViolation) {
      try look(&observer)
    } catch {
      if error.property != ignoredProperty { throw error }
    }
  }

  private mutating func carryOutEffects(of node: NodeID) {
    nodes[node].choiceCount = effects.choiceCount
    for case .append(let record) in effects.journalRequests { nodes[node].records.append(record) }
    for request in effects.timerRequests {
      guard let timer = Server.Timer(rawValue: request.timer) else { continue }
      if request.delay == nil {
        nodes[node].timers.remove(timer)
      } else {
        nodes[node].timers.insert(timer)
      }
    }
    for envelope in effects.envelopes {
      if let reply = envelope.message.asReply {
        replies.append(reply)
      } else {
        mail.append(
          Letter(sender: node, recipient: envelope.recipient, message: envelope.message))
      }
    }
  }
}

/// What happens to letters and requests.
extension RaftCluster {
  /// Removes the letters that match from the mail, oldest first.
  mutating func take(_ matches: (Letter) -> Bool) -> [Letter] {
    let taken = mail.filter(matches)
    mail.removeAll(where: matches)
    return taken
  }

  /// Hands over a letter at a place in the mail, and leaves a copy there if it is to come twice.
  mutating func deliver(at place: Int, keeping isKept: Bool = false) throws {
    let letter = isKept ? mail[place] : mail.remove(at: place)
    try hand(letter.message, from: letter.sender, to: letter.recipient)
  }

  /// Loses a letter at a place in the mail.
  mutating func lose(at place: Int) {
    mail.remove(at: place)
  }

  /// Asks a server for something and returns the identity of the attempt.
  mutating func ask(
    _ body: ServiceRequest<KeyValueStore>.Body, of node: NodeID
  ) throws -> RequestID {
    requestCount += 1
    let id = RequestID(requestCount)
    try hand(.request(ServiceRequest(id: id, body: body)), from: client, to: node)
    return id
  }

  /// What the client was told about an attempt, in words; nil while it waits.
  func answer(to request: RequestID) -> String? {
    replies.last { $0.id == request }?.description
  }
}

import Determinism
import Histories
import ProtocolKit
import Consensus
import TestKit
import Testing
import Workloads

/// A key-value client whose servers are played by a test: it answers, or stays silent.
struct ClientOnStrings {
  typealias Client = KeyValueClient<RaftMessage<KeyValueStore>>
  typealias Request = ServiceRequest<KeyValueStore>

  /// A request on its way, and whom it asks.
  struct Asked {
    let server: NodeID
    let request: Request

    /// The session and number of a command; nil for anything else.
    var identity: [UInt64]? {
      guard case .command(let session, let sequence, _) = request.body else { return nil }
      return [session.number, sequence]
    }

    /// The value that a command would write.
    var value: Int64? {
      switch request.body {
      case .command(_, _, .write(_, let value)), .command(_, _, .compareAndSet(_, _, let value)):
        value
      case .openSession, .query: nil
      }
    }
  }

  /// What was asked and not yet taken, oldest first.
  private(set) var asked: [Asked] = []

  private let id = NodeID(3)
  private let configuration: Client.Configuration
  private var client: Client
  private var node: ScriptedNode<RaftMessage<KeyValueStore>>

  init(seed: UInt64 = 1, configure: (inout KeyValueWorkload) -> Void = { _ in }) {
    var workload = KeyValueWorkload()
    workload.clients = 2
    workload.mix = (reads: 0, writes: 1, compareAndSets: 0)
    configure(&workload)
    configuration = Client.Configuration(
      workload: workload, servers: .first(3), clients: Membership([NodeID(3)]))
    node = ScriptedNode(id, seed: seed)
    client = Client(id: id, configuration: configuration, recovery: .firstStart)
    step { $0.start(&$1) }
  }

  var history: History { node.history }

  /// How the operations ended, in the order of asking; nil for open ones.
  var completions: [Completion?] {
    history.operations.map { $0.completedAt == nil ? nil : $0.completion }
  }

  /// The processes of the operations.
  var processes: [Int64] { history.operations.map(\.invocation.process.number) }

  /// Returns the latest request, and loses all before it.
  mutating func take() throws -> Asked {
    defer { asked = [] }
    return try #require(asked.last)
  }

  /// Fires the timer for this reason at a lane; one that is not set stays silent.
  mutating func fire(_ reason: UInt64, lane: Int = 0) {
    let timer = Client.Timer(rawValue: UInt64(lane) << 2 | reason)
    guard node.remove(timer: timer.rawValue) else { return }
    step { $0.timerFired(timer, &$1) }
  }

  mutating func think(lane: Int = 0) { fire(0, lane: lane) }

  mutating func timeOut(lane: Int = 0) { fire(1, lane: lane) }

  mutating func retry(lane: Int = 0) { fire(2, lane: lane) }

  /// Answers a request.
  mutating func answer(_ question: Asked, _ body: ServiceReply<KeyValueStore>.Body) {
    let reply = ServiceReply<KeyValueStore>(id: question.request.id, body: body)
    step { $0.receive(.reply(reply), from: question.server, &$1) }
  }

  /// Lets the client think, grants it a session and takes its first question.
  mutating func begin() throws -> Asked {
    think()
    answer(try take(), .sessionOpened(SessionID(1)))
    return try take()
  }

  /// The client loses its memory and starts again.
  mutating func restart() {
    node.crash()
    asked = []
    client = Client(id: id, configuration: configuration, recovery: node.recovery)
    step { $0.start(&$1) }
  }

  private mutating func step(
    _ input: (inout Client, inout Effects<RaftMessage<KeyValueStore>>) -> Void
  ) {
    var client = client
    node.perform { input(&client, &$0) }
    self.client = client
    for envelope in node.effects.envelopes {
      guard case .request(let request) = envelope.message else { continue }
      asked.append(Asked(server: envelope.recipient, request: request))
    }
  }
}

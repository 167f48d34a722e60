import Determinism
import Histories
public import ProtocolKit

/// A node that uses a replicated key-value store and records what it sees.
///
/// It runs several lanes, each strictly sequential with a session of its own; a pause or crash of
/// the node hits them all.
public struct KeyValueClient<Message: ServiceMessage>: StateMachine
where Message.Application == KeyValueStore {
  /// What every client is told.
  public struct Configuration: Sendable {
    /// What clients do.
    public let workload: KeyValueWorkload
    /// The servers of the store.
    public let servers: Membership
    /// All clients, idle ones last.
    public let clients: Membership

    /// Creates the configuration.
    public init(workload: KeyValueWorkload, servers: Membership, clients: Membership) {
      self.workload = workload
      self.servers = servers
      self.clients = clients
    }
  }

  /// A lane waits for its next question, for an answer, or before it asks again.
  public struct Timer: RawRepresentable, Sendable {
    /// The lane in the upper bits, the reason in the lowest two.
    public let rawValue: UInt64

    /// Creates a timer from its raw value.
    public init(rawValue: UInt64) {
      self.rawValue = rawValue
    }

    init(_ reason: Reason, lane: Int) {
      rawValue = UInt64(lane) << 2 | reason.rawValue
    }

    enum Reason: UInt64 {
      case think = 0
      case timeout = 1
      case retry = 2
    }

    var lane: Int { Int(rawValue >> 2) }

    var reason: Reason? { Reason(rawValue: rawValue & 3) }
  }

  let id: NodeID
  let workload: KeyValueWorkload
  let servers: Membership
  var lanes: [KeyValueLane]
  var requests: RequestCounter

  /// Creates a client; it remembers nothing of an earlier life.
  public init(id: NodeID, configuration: Configuration, recovery: Recovery) {
    self.id = id
    workload = configuration.workload
    servers = configuration.servers
    let laneTotal = workload.clients * workload.concurrency
    let firstLane = configuration.clients.place(of: id) * workload.concurrency
    // Idle clients come behind the others and have nothing to do.
    let laneCount = firstLane < laneTotal ? workload.concurrency : 0
    lanes = (0..<laneCount).map { number in
      KeyValueLane(
        number: firstLane + number, laneTotal: laneTotal, incarnation: recovery.incarnation)
    }
    requests = RequestCounter(incarnation: recovery.incarnation)
  }

  /// Lets every lane think of a first question.
  public mutating func start(_ effects: inout Effects<Message>) {
    for lane in lanes.indices { think(lane, &effects) }
  }

  /// Hears an answer.
  public mutating func receive(
    _ message: Message, from sender: NodeID, _ effects: inout Effects<Message>
  ) {
    guard let reply = message.asReply,
      let lane = lanes.firstIndex(where: { $0.task?.request == reply.id })
    else { return }  // an answer to a question that was given up
    hear(reply.body, lane, &effects)
  }

  /// Asks, asks again or gives up.
  public mutating func timerFired(_ timer: Timer, _ effects: inout Effects<Message>) {
    switch timer.reason {
    case .think: begin(timer.lane, &effects)
    case .timeout: timeOut(timer.lane, &effects)
    case .retry: ask(timer.lane, &effects)
    case nil: break
    }
  }

  /// The name of a timer in event logs.
  public func name(of timer: Timer) -> String {
    timer.reason.map { "\($0)" } ?? "unknown"
  }
}

import Determinism
import Histories
public import ProtocolKit

/// A node that increments counters under locks: read, compute, write, as real programs do.
///
/// Between looking at its lease and sending the write there is always some work; a pause that falls
/// there is what fencing is for. Marks tell pauses where to aim.
public struct Worker<Holder: LockHolder>: StateMachine {
  /// What the nodes of the cluster send each other.
  public typealias Message = Holder.Message
  /// What workers must not both believe.
  public typealias Rules = WorkerRules<Holder>

  /// What every worker is told.
  public struct Configuration: Sendable {
    /// What workers do.
    public let workload: CriticalSectionWorkload
    /// What the client of the lock service is told.
    public let holder: Holder.Configuration
    /// The storages, of which each keeps some of the counters.
    public let storages: [NodeID]
    /// All workers, idle ones last.
    public let clients: Membership

    /// Creates the configuration.
    public init(
      workload: CriticalSectionWorkload, holder: Holder.Configuration, storages: [NodeID],
      clients: Membership
    ) {
      self.workload = workload
      self.holder = holder
      self.storages = storages
      self.clients = clients
    }
  }

  /// A worker's own timers, and those of its lock client.
  public typealias Timer = NestedTimer<WorkerTimer, Holder.Timer>

  /// What a worker is doing.
  enum Stage: Hashable, Sendable {
    case thinking
    case acquiring
    case reading
    case computing(from: Int64)
    case writing(Int64)
    case releasing
  }

  let id: NodeID
  let configuration: Configuration
  var holder: Holder
  var stage = Stage.thinking
  var lock = LockName(0)
  /// The storage request whose answer is awaited.
  var request: RequestID?
  var requests: RequestCounter
  var client: SequentialClient
  /// The number of the grant, and of the operations under it.
  var grantCount: UInt64
  var sequence: UInt64 = 0
  var incrementsLeft = 0
  var sectionsBegun = 0

  var workload: CriticalSectionWorkload { configuration.workload }

  /// Creates a worker; it remembers nothing of an earlier life.
  public init(id: NodeID, configuration: Configuration, recovery: Recovery) {
    self.id = id
    self.configuration = configuration
    holder = Holder(
      id: id, configuration: configuration.holder, incarnation: recovery.incarnation)
    requests = RequestCounter(incarnation: recovery.incarnation)
    grantCount = UInt64(recovery.incarnation) << 32
    client = SequentialClient(
      place: configuration.clients.place(of: id), of: configuration.workload.workers,
      incarnation: recovery.incarnation)
  }

  /// Thinks of a first section, unless it is idle.
  public mutating func start(_ effects: inout Effects<Message>) {
    think(&effects)
  }

  /// Hears from the lock service or a storage.
  public mutating func receive(
    _ message: Message, from sender: NodeID, _ effects: inout Effects<Message>
  ) {
    if let reply = message.asStorageReply { return hear(reply, &effects) }
    if let news = holder.receive(message, from: sender, &effects) { learn(news, &effects) }
  }

  /// Goes on after thinking or working, or stops waiting.
  public mutating func timerFired(_ timer: Timer, _ effects: inout Effects<Message>) {
    switch timer {
    case .own(.think): beginSection(&effects)
    case .own(.work): write(&effects)
    case .own(.timeout): giveUp(&effects)
    case .inner(let timer):
      if let news = holder.timerFired(timer, &effects) { learn(news, &effects) }
    }
  }
}

/// What a worker itself waits for.
public enum WorkerTimer: UInt64, Sendable {
  /// The next section.
  case think = 1
  /// What is computed from the value that was read.
  case work = 2
  /// The answer of a storage.
  case timeout = 3
}

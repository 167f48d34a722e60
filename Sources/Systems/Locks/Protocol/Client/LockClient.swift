import Consensus
public import Determinism
public import ProtocolKit

/// The client of the lock service: a session, kept alive, and one lock at a time.
///
/// It counts its lease from when it *asked*, on its monotonic clock, shortened by the bound on drift:
/// the servers began to count later and lengthen, so its lease is over before theirs.
public struct LockClient: Coordinator {
  /// What the nodes of the cluster send each other.
  public typealias Message = LocksMessage

  /// What every client is told.
  public struct Configuration: Hashable, ValidatedConfiguration {
    /// The servers of the lock service.
    public var servers: Membership
    /// How long a session lives without a keep-alive.
    public var timeToLive = Nanoseconds.milliseconds(500)
    /// How much faster or slower than true time any clock may run, in parts per billion.
    public var driftBound: Int64 = 1_000_000
    /// How much of the lease must be left before each use of the resource.
    public var margin = Nanoseconds.milliseconds(1)
    /// How long to wait for an answer before asking another server.
    public var timeout = Nanoseconds.milliseconds(100)
    /// Known bugs that are switched on.
    public var defects: LocksDefects = []

    /// A lease must leave time to use the resource.
    public var complaint: ConfigurationComplaint? {
      margin < timeToLive ? nil : ConfigurationComplaint("margin", "must be shorter than ttl")
    }

    /// Creates the configuration for clients of some servers.
    public init(servers: Membership) {
      self.servers = servers
    }
  }

  /// What a client waits for.
  public enum Timer: UInt64, Sendable {
    /// An answer.
    case call = 1
    /// The next keep-alive of its session.
    case keepAlive = 2
    /// The events of its watch.
    case watch = 3
  }

  /// A session with the service, and until when it lives for all this client knows.
  struct Session: Sendable {
    let id: LockSessionID
    var lease: Lease
    /// The number of the last command.
    var sequence: UInt64 = 0
  }

  /// A question that waits for its answer.
  struct Call: Sendable {
    let body: ServiceRequest<LockService>.Body
    var request: RequestID
    var sentAt: Lease
  }

  /// What the client is after.
  enum Intent: Hashable, Sendable {
    case nothing
    case acquire(LockName)
    case release
    case write(EntryWrite)
    case read(ClosedRange<EntryName>, watches: Bool)
  }

  let id: NodeID
  let configuration: Configuration
  var session: Session?
  var intent = Intent.nothing
  /// The lock and token in its hands.
  var held: (lock: LockName, token: FencingToken)?
  var call: Call?
  var beat: Call?
  /// The watch under way, if the client is in a queue or watches entries.
  var watch: RequestID?
  /// The last event seen, so that a watch goes on where it broke off.
  var seen: Revision?
  /// Whether the watch is one of entries, which goes on for good.
  var watchesEntries = false
  /// The latest events that it never saw while it watched for them.
  public internal(set) var missed: ClosedRange<Revision>?
  /// Whom commands go to, and who tells events: any server can.
  private var server: NodeID
  private var watched: NodeID
  private var requests: RequestCounter

  /// Creates a client without a session.
  public init(id: NodeID, configuration: Configuration, incarnation: Int) {
    self.id = id
    self.configuration = configuration
    server = configuration.servers.wrapping(id.denseIndex)
    watched = server
    requests = RequestCounter(incarnation: incarnation)
  }

  /// The lock in its hands.
  public var grant: LockGrant? {
    guard let held, let session else { return nil }
    return LockGrant(
      lock: held.lock, token: held.token, session: session.id, lease: session.lease)
  }

  /// Begins to ask for a lock, after opening a session if there is none.
  public mutating func acquire(_ lock: LockName, _ effects: inout Effects<Message>) {
    intent = .acquire(lock)
    pursue(&effects)
  }

  /// Begins to give the lock back.
  public mutating func release(_ effects: inout Effects<Message>) {
    intent = .release
    pursue(&effects)
  }

  /// Whether enough of the lease is left, by the client's own clock.
  public func mayAct(_ effects: Effects<Message>) -> Bool {
    guard let grant else { return false }
    if configuration.defects.contains(.checkThenAct) { return true }
    return grant.lease.remaining(effects) > configuration.margin
  }

  /// Understands an answer or an event.
  public mutating func receive(
    _ message: Message, from sender: NodeID, _ effects: inout Effects<Message>
  ) -> LockNews? {
    switch message {
    case .raft(.reply(let reply)): return hear(reply, from: sender, &effects)
    case .watched(let request, let events, let revision) where request == watch:
      return see(events, upTo: revision, &effects)
    default: return nil
    }
  }

  /// Asks again, keeps the session alive or resumes the watch.
  public mutating func timerFired(
    _ timer: Timer, _ effects: inout Effects<Message>
  ) -> LockNews? {
    switch timer {
    case .call:
      changeServer(&effects)
      return askAgain(&effects)
    case .keepAlive: keepAlive(&effects)
    case .watch: if watch != nil { startWatch(isResumed: true, &effects) }
    }
    return nil
  }
}

/// How a client asks.
extension LockClient {
  /// Sends the next command towards the intent.
  mutating func pursue(_ effects: inout Effects<Message>) {
    if case .read(let range, _) = intent { return ask(.query(.entries(range)), &effects) }
    guard let session else {
      let open = LockService.Command.Body.open(configuration.timeToLive)
      let nobody = LockSessionID(0)
      return ask(LockService.Command(session: nobody, sequence: 0, body: open), &effects)
    }
    let body: LockService.Command.Body
    switch intent {
    case .nothing, .read: return
    case .acquire(let lock): body = .acquire(lock)
    case .release:
      guard let held else { return }
      body = .release(held.lock, held.token)
    case .write(let write): body = .put(write)
    }
    self.session?.sequence += 1
    ask(
      LockService.Command(session: session.id, sequence: session.sequence + 1, body: body),
      &effects)
  }

  private func message(
    _ body: ServiceRequest<LockService>.Body, _ request: RequestID
  ) -> Message {
    .raft(.request(ServiceRequest(id: request, body: body)))
  }

  mutating func nextRequest() -> RequestID { requests.next() }

  /// Sends the command that waits once more; nothing new is learned by that.
  mutating func askAgain(_ effects: inout Effects<Message>) -> LockNews? {
    if let call { ask(call.body, &effects) }
    return nil
  }

  private mutating func ask(_ command: LockService.Command, _ effects: inout Effects<Message>) {
    ask(.command(.none, sequence: 0, command), &effects)
  }

  private mutating func ask(
    _ body: ServiceRequest<LockService>.Body, _ effects: inout Effects<Message>
  ) {
    let request = nextRequest()
    call = Call(body: body, request: request, sentAt: leaseFromNow(effects))
    effects.setTimer(inner: Timer.call, after: configuration.timeout)
    effects.send(message(body, request), to: server)
  }

  /// Keeps the session alive three times in each of its lives.
  mutating func keepAlive(isDue: Bool = true, _ effects: inout Effects<Message>) {
    guard let session else { return }
    if beat != nil, isDue { changeServer(&effects) }
    effects.setTimer(inner: Timer.keepAlive, after: configuration.timeToLive / 3)
    let command = LockService.Command(
      session: session.id, sequence: 0, body: .keepAlive(configuration.timeToLive))
    let request = nextRequest()
    let body = ServiceRequest<LockService>.Body.command(.none, sequence: 0, command)
    beat = Call(body: body, request: request, sentAt: leaseFromNow(effects))
    effects.send(message(body, request), to: server)
  }

  /// Waits for events behind the last one seen; another server tells them too.
  mutating func startWatch(isResumed: Bool, _ effects: inout Effects<Message>) {
    if isResumed {
      watched = randomServer(&effects)
      effects.mark("watch-resumed")
    }
    let request = nextRequest()
    watch = request
    effects.setTimer(inner: Timer.watch, after: configuration.timeout * 2)
    let forgets = isResumed && configuration.defects.contains(.watchFromPresent)
    let after = forgets ? nil : seen
    if isResumed { effects.note(resuming(at: watched, isDeaf: forgets)) }
    effects.send(.watch(request, after: after), to: watched)
  }

  private func resuming(at server: NodeID, isDeaf: Bool) -> Sentence {
    guard let seen else { return "\(id) asks \(server) for what comes from now on" }
    return isDeaf
      ? "\(id), which saw revision \(seen) last, asks \(server) for what comes from now on"
        + "\(about: seen.next)"
      : "\(id) asks \(server) for what came after revision \(seen)\(about: seen.next)"
  }

  /// The lease that an answer to a question asked now would give.
  func leaseFromNow(_ effects: Effects<Message>) -> Lease {
    let span = configuration.timeToLive.shortened(by: configuration.driftBound)
    guard configuration.defects.contains(.wallClock) else {
      return Lease(end: effects.now + span, clock: .monotonic)
    }
    return Lease(end: effects.wallClock + span, clock: .wall)
  }

  mutating func follow(_ hint: NodeID?, _ effects: inout Effects<Message>) {
    guard let hint, hint != server else { return changeServer(&effects) }
    server = hint
  }

  private mutating func changeServer(_ effects: inout Effects<Message>) {
    server = randomServer(&effects)
  }

  private func randomServer(_ effects: inout Effects<Message>) -> NodeID {
    configuration.servers.choose(effects.choose())
  }
}

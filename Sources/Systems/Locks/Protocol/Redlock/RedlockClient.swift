public import Determinism
public import ProtocolKit

/// The client of Redlock: a lock is held once a majority of independent stores has taken the key.
///
/// After the published algorithm (redis.io, *Distributed locks with Redis*): one random value, all stores
/// at once, and a validity of what is left of the time to live after the attempt and an allowance for drift.
/// There is no token that a resource could check.
public struct RedlockClient: LockHolder {
  /// What the nodes of the cluster send each other.
  public typealias Message = RedlockMessage

  /// What every client is told.
  public struct Configuration: Hashable, ValidatedConfiguration {
    /// The stores, each independent of the others.
    public var stores: Membership
    /// How long a key lives.
    public var timeToLive = Nanoseconds.milliseconds(500)
    /// How much of the time to live is set aside for drift, in parts per billion; two milliseconds more.
    public var driftFactor: Int64 = 10_000_000
    /// How long an attempt may take.
    public var timeout = Nanoseconds.milliseconds(50)
    /// The longest random time before another attempt.
    public var retryLongest = Nanoseconds.milliseconds(100)
    /// How much of the lease must be left before each use of the resource.
    public var margin = Nanoseconds.milliseconds(1)
    /// Known bugs that are switched on.
    public var defects: RedlockDefects = []

    /// A lease must leave time to use the resource.
    public var complaint: ConfigurationComplaint? {
      margin < timeToLive ? nil : ConfigurationComplaint("margin", "must be shorter than ttl")
    }

    /// Creates the configuration for clients of some stores.
    public init(stores: Membership) {
      self.stores = stores
    }
  }

  /// What a client waits for.
  public enum Timer: UInt64, Sendable {
    /// The end of an attempt that took too long.
    case attempt = 1
    /// The next attempt.
    case retry = 2
    /// The end of a release that took too long.
    case release = 3
  }

  /// What the client is doing.
  enum Stage: Hashable, Sendable {
    case idle
    case waiting(LockName)
    case acquiring(LockName, began: LocalTime)
    case holding(LockGrant)
    case releasing(LockGrant)
  }

  private let id: NodeID
  private let configuration: Configuration
  private var stage = Stage.idle
  private var value = LockValue(0)
  private var request = RequestID(0)
  private var agreed = NodeSet()
  private var answered = NodeSet()
  private var requests: RequestCounter

  /// Creates a client that holds nothing.
  public init(id: NodeID, configuration: Configuration, incarnation: Int) {
    self.id = id
    self.configuration = configuration
    requests = RequestCounter(incarnation: incarnation)
  }

  /// The lock in its hands.
  public var grant: LockGrant? {
    switch stage {
    case .holding(let grant), .releasing(let grant): grant
    case .idle, .waiting, .acquiring: nil
    }
  }

  /// Begins to ask all stores for a lock.
  public mutating func acquire(_ lock: LockName, _ effects: inout Effects<Message>) {
    value = LockValue(effects.choose().bits)
    stage = .acquiring(lock, began: effects.now)
    effects.setTimer(inner: Timer.attempt, after: configuration.timeout)
    ask(.set(timeToLive: configuration.timeToLive), lock, &effects)
  }

  /// Deletes the key at all stores.
  public mutating func release(_ effects: inout Effects<Message>) {
    guard let grant else { return }
    stage = .releasing(grant)
    effects.setTimer(inner: Timer.release, after: configuration.timeout)
    ask(.delete, grant.lock, &effects)
  }

  /// Whether enough of the validity is left, by the client's own clock.
  public func mayAct(_ effects: Effects<Message>) -> Bool {
    guard case .holding(let grant) = stage else { return false }
    return grant.lease.remaining(effects) > configuration.margin
  }

  /// Counts an answer.
  public mutating func receive(
    _ message: Message, from sender: NodeID, _ effects: inout Effects<Message>
  ) -> LockNews? {
    guard case .stored(let id, let isDone) = message, id == request else { return nil }
    answered.insert(sender)
    if isDone { agreed.insert(sender) }
    switch stage {
    case .acquiring(let lock, let began): return count(lock, began, &effects)
    case .releasing: return answered.count >= quorum ? finishRelease(&effects) : nil
    case .idle, .waiting, .holding: return nil
    }
  }

  /// Ends an attempt that took too long, tries again, or stops waiting for deletions.
  public mutating func timerFired(
    _ timer: Timer, _ effects: inout Effects<Message>
  ) -> LockNews? {
    switch (timer, stage) {
    case (.attempt, .acquiring(let lock, _)): abandon(lock, &effects)
    case (.retry, .waiting(let lock)): acquire(lock, &effects)
    case (.release, .releasing): return finishRelease(&effects)
    case (.attempt, _), (.retry, _), (.release, _):
      preconditionFailure("the timer of another stage fired")
    }
    return nil
  }
}

extension RedlockClient {
  private var quorum: Int {
    let majority = configuration.stores.majority
    return configuration.defects.contains(.halfIsEnough)
      ? max(configuration.stores.count / 2, 1) : majority
  }

  private mutating func ask(
    _ action: StoreRequest.Action, _ lock: LockName, _ effects: inout Effects<Message>
  ) {
    request = requests.next()
    agreed = NodeSet()
    answered = NodeSet()
    let message = Message.store(
      StoreRequest(id: request, lock: lock, value: value, action: action))
    for store in configuration.stores.nodes { effects.send(message, to: store) }
  }

  private mutating func count(
    _ lock: LockName, _ began: LocalTime, _ effects: inout Effects<Message>
  ) -> LockNews? {
    let refusals = answered.count - agreed.count
    if refusals > configuration.stores.count - quorum {
      abandon(lock, &effects)
      return nil
    }
    guard agreed.count >= quorum else { return nil }
    let timeToLive = configuration.timeToLive
    let elapsed = effects.now - began
    let allowance =
      timeToLive - timeToLive.shortened(by: configuration.driftFactor) + .milliseconds(2)
    var validity = timeToLive - elapsed - allowance
    if configuration.defects.contains(.ignoresElapsed) { validity = timeToLive }
    guard validity > .zero else {
      abandon(lock, &effects)
      return nil
    }
    effects.cancelTimer(inner: Timer.attempt)
    stage = .holding(
      LockGrant(
        lock: lock, token: .none, lease: Lease(end: effects.now + validity, clock: .monotonic)))
    effects.mark("lock-granted")
    effects.note("\(id) takes lock/\(lock)\(about: lock.topic): \(agreed.inWords) agree")
    effects.note("\(id) believes that its lock is valid for another \(validity.inWords)")
    return .granted
  }

  /// Gives back what it got, and waits a random time so that rivals do not collide for ever.
  private mutating func abandon(_ lock: LockName, _ effects: inout Effects<Message>) {
    effects.mark("attempt-abandoned")
    ask(.delete, lock, &effects)
    stage = .waiting(lock)
    effects.cancelTimer(inner: Timer.attempt)
    effects.setTimer(
      inner: Timer.retry,
      after: effects.choose().between(.milliseconds(1), configuration.retryLongest))
  }

  private mutating func finishRelease(_ effects: inout Effects<Message>) -> LockNews {
    effects.cancelTimer(inner: Timer.release)
    let isDone = agreed.count > 0
    stage = .idle
    return .released(isDone)
  }
}

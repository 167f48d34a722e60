import Determinism
public import ProtocolKit

/// A client that plays its part in a recipe.
public struct Participant<Holder: Coordinator>: StateMachine {
  /// What the nodes of the cluster send each other.
  public typealias Message = Holder.Message
  /// What participants must not do.
  public typealias Rules = RecipeRules<Holder>

  /// What every participant is told.
  public struct Configuration: Sendable {
    /// The recipe.
    public let workload: RecipeWorkload
    /// What the client of the service is told.
    public let holder: Holder.Configuration
    /// Where a leader acts, in recipes that have one.
    public let storage: NodeID?
    /// All participants.
    public let clients: Membership

    /// Creates the configuration.
    public init(
      workload: RecipeWorkload, holder: Holder.Configuration, storage: NodeID?, clients: Membership
    ) {
      self.workload = workload
      self.holder = holder
      self.storage = storage
      self.clients = clients
    }
  }

  /// A participant's own timers, and those of its side of the service.
  public typealias Timer = NestedTimer<RecipeTimer, Holder.Timer>

  private enum Role: Sendable {
    case candidate(Candidate<Holder>)
    case member(BarrierMember<Holder>)
    case user(NameUser<Holder>)
    case publisher(ConfigPublisher<Holder>)
    case watcher(ConfigWatcher<Holder>)
  }

  private(set) var context: RecipeContext<Holder>
  private var role: Role

  /// Creates a participant; it remembers nothing of an earlier life.
  public init(id: NodeID, configuration: Configuration, recovery: Recovery) {
    let life = recovery.incarnation
    context = RecipeContext(id: id, configuration: configuration, incarnation: life)
    role =
      switch configuration.workload.recipe {
      case .leaderElection: .candidate(Candidate(incarnation: life))
      case .barrier: .member(BarrierMember(incarnation: life))
      case .uniqueNames: .user(NameUser())
      case .configWatch where context.place < configuration.workload.publishers:
        .publisher(ConfigPublisher(incarnation: life))
      case .configWatch: .watcher(ConfigWatcher())
      }
  }

  /// What it believes to have for itself.
  var beliefs: [Belief] {
    switch role {
    case .candidate(let candidate): candidate.beliefs(context)
    case .user(let user): user.beliefs(context)
    case .member, .publisher, .watcher: []
    }
  }

  /// The latest version of the configuration that it knows to have written.
  var acknowledged: UInt64? {
    if case .publisher(let publisher) = role { publisher.acknowledged } else { nil }
  }

  /// Thinks of a first step.
  public mutating func start(_ effects: inout Effects<Message>) {
    context.think(&effects)
  }

  /// Hears from the service or the storage.
  public mutating func receive(
    _ message: Message, from sender: NodeID, _ effects: inout Effects<Message>
  ) {
    if let reply = message.asStorageReply { return take(.reply(reply), &effects) }
    guard let news = context.holder.receive(message, from: sender, &effects) else { return }
    take(.news(news), &effects)
  }

  /// Goes on after thinking, or stops waiting.
  public mutating func timerFired(_ timer: Timer, _ effects: inout Effects<Message>) {
    switch timer {
    case .own(.step): take(.step, &effects)
    case .own(.timeout): take(.timeout, &effects)
    case .own(.work): take(.work, &effects)
    case .inner(let timer):
      guard let news = context.holder.timerFired(timer, &effects) else { return }
      take(.news(news), &effects)
    }
  }

  private mutating func take(_ input: RecipeInput, _ effects: inout Effects<Message>) {
    switch role {
    case .candidate(var candidate):
      candidate.take(input, &context, &effects)
      role = .candidate(candidate)
    case .member(var member):
      member.take(input, &context, &effects)
      role = .member(member)
    case .user(var user):
      user.take(input, &context, &effects)
      role = .user(user)
    case .publisher(var publisher):
      publisher.take(input, &context, &effects)
      role = .publisher(publisher)
    case .watcher(var watcher):
      watcher.take(input, &context, &effects)
      role = .watcher(watcher)
    }
  }
}

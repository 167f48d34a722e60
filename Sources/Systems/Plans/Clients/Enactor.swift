import Determinism
import Histories
public import ProtocolKit

/// A node that keeps a record up to date with the newest plan, beside others that do the same.
public struct Enactor<Message: ServiceMessage>: StateMachine
where Message.Application == PlanStore {
  /// What every enactor is told.
  public struct Configuration: Sendable {
    /// What enactors do.
    public let workload: PlanWorkload
    /// The servers of the plan store.
    public let servers: Membership
    /// All enactors, idle ones last.
    public let clients: Membership

    /// Creates the configuration.
    public init(workload: PlanWorkload, servers: Membership, clients: Membership) {
      self.workload = workload
      self.servers = servers
      self.clients = clients
    }
  }

  /// What an enactor waits for.
  public enum Timer: UInt64, Sendable {
    /// The next round.
    case think = 1
    /// The plan to be prepared.
    case work = 2
    /// An answer.
    case answer = 3
  }

  /// Where in a round it is.
  enum Stage: Hashable, Sendable {
    case thinking
    case publishing
    case looking
    case preparing(UInt64)
    case applying(UInt64)
    case cleaning(UInt64)
    case reading
  }

  private let id: NodeID
  private let configuration: Configuration
  private var stage = Stage.thinking
  private var server = NodeID(0)
  private var request: RequestID?
  private var requests: RequestCounter
  private var client: SequentialClient
  private var roundsBegun = 0

  private var workload: PlanWorkload { configuration.workload }

  /// Creates an enactor; it remembers nothing of an earlier life.
  public init(id: NodeID, configuration: Configuration, recovery: Recovery) {
    self.id = id
    self.configuration = configuration
    requests = RequestCounter(incarnation: recovery.incarnation)
    client = SequentialClient(
      place: configuration.clients.place(of: id), of: configuration.workload.enactors,
      incarnation: recovery.incarnation)
  }

  /// Thinks of a first round, unless it is idle.
  public mutating func start(_ effects: inout Effects<Message>) {
    think(&effects)
  }

  /// Understands an answer and goes on to the next step of the round.
  public mutating func receive(
    _ message: Message, from sender: NodeID, _ effects: inout Effects<Message>
  ) {
    guard let reply = message.asReply, reply.id == request else { return }
    switch reply.body {
    case .response(let response):
      request = nil
      effects.cancelTimer(Timer.answer)
      goOn(response, &effects)
    case .notLeader(let hint):
      server = hint ?? randomServer(&effects)
      if hint != nil { return ask(&effects) }
      effects.setTimer(
        Timer.answer, after: effects.choose().between(.milliseconds(1), .milliseconds(20)))
    case .sessionOpened, .sessionExpired: break
    }
  }

  /// Begins a round, applies what is prepared, or asks another server.
  public mutating func timerFired(_ timer: Timer, _ effects: inout Effects<Message>) {
    switch (timer, stage) {
    case (.think, .thinking):
      roundsBegun += 1
      enter(.publishing, &effects)
    case (.work, .preparing(let plan)): enter(.applying(plan), &effects)
    case (.answer, _):
      server = randomServer(&effects)
      ask(&effects)
    case (.think, _), (.work, _): preconditionFailure("the timer of another stage fired")
    }
  }
}

/// One round.
extension Enactor {
  private mutating func goOn(_ response: PlanStore.Response, _ effects: inout Effects<Message>) {
    switch (stage, response) {
    case (.publishing, _): enter(.looking, &effects)
    case (.looking, .plans(let newest, let active)):
      // Here the plan is newer than what is active; when it is applied, that may be long ago.
      guard newest > active else { return enter(.reading, &effects) }
      effects.mark("plan-checked")
      effects.note(
        "\(id) sees that plan \(Subject("plan", newest)) is newer than \(Subject("plan", active)), and prepares it"
      )
      stage = .preparing(newest)
      effects.setTimer(
        Timer.work,
        after: effects.choose().between(workload.workShortest, workload.workLongest))
    case (.applying(let plan), .done(let isDone)):
      client.complete(.ok(.boolean(isDone)), &effects)
      effects.note("\(id) \(isDone ? "applied" : "was refused") plan \(Subject("plan", plan))")
      if !isDone { effects.mark("plan-refused") }
      enter(isDone ? .cleaning(plan) : .reading, &effects)
    case (.cleaning, _): enter(.reading, &effects)
    case (.reading, .record(let plan)):
      client.complete(.ok(plan.map { .integer(Int64($0)) } ?? .none), &effects)
      think(&effects)
    default: preconditionFailure("the store answered something else than it was asked")
    }
  }

  private mutating func think(_ effects: inout Effects<Message>) {
    stage = .thinking
    guard client.place < workload.enactors, roundsBegun < workload.rounds else { return }
    effects.setTimer(
      Timer.think,
      after: effects.choose().between(workload.thinkShortest, workload.thinkLongest))
  }

  private mutating func enter(_ next: Stage, _ effects: inout Effects<Message>) {
    stage = next
    switch next {
    case .applying(let plan): invoke("apply", .integer(Int64(plan)), &effects)
    case .reading: invoke("read", .none, &effects)
    case .thinking, .publishing, .looking, .preparing, .cleaning: break
    }
    ask(&effects)
  }

  /// The request of this stage; its commands may come twice without harm, so they need no session.
  private var body: ServiceRequest<PlanStore>.Body? {
    let isStale = workload.defects.contains(.staleApply)
    return switch stage {
    case .thinking, .preparing: nil
    case .publishing: .command(.none, sequence: 0, .publish)
    case .looking: .query(.plans)
    case .applying(let plan):
      .command(.none, sequence: 0, .apply(plan: plan, ifNewer: !isStale))
    case .cleaning(let plan):
      .command(.none, sequence: 0, .clean(below: plan, sparesActive: !isStale))
    case .reading: .query(.record)
    }
  }

  private mutating func ask(_ effects: inout Effects<Message>) {
    guard let body else { return }
    let request = requests.next()
    self.request = request
    effects.setTimer(Timer.answer, after: workload.timeout)
    effects.send(.request(ServiceRequest(id: request, body: body)), to: server)
  }

  private func randomServer(_ effects: inout Effects<Message>) -> NodeID {
    configuration.servers.choose(effects.choose())
  }

  private mutating func invoke(
    _ function: String, _ input: Value, _ effects: inout Effects<Message>
  ) {
    client.invoke(function, key: .text("record"), input: input, &effects)
  }
}

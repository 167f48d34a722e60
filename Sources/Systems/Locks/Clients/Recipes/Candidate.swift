import Determinism
import Histories
import ProtocolKit

/// A candidate of an election: leads while it holds the lock of the office, and acts at a resource.
///
/// The fencing token of the lock is the epoch. Every action shows it, so that the resource refuses
/// leaders of the past. Burrows, *The Chubby lock service* (OSDI 2006), section 2.4.
struct Candidate<Holder: Coordinator>: Sendable {
  private enum Stage: Hashable, Sendable {
    case waiting
    case campaigning
    case leading
    case resigning
  }

  /// The office that this candidate believes to hold.
  private struct Office: Hashable, Sendable {
    let epoch: FencingToken
    /// The number of the next action, from one.
    var sequence: UInt64 = 0
  }

  private let lock = LockName(0)
  private var stage = Stage.waiting
  private var office: Office?
  private var elections: UInt64
  private var requests: RequestCounter
  private var request: RequestID?
  /// Whether an action is on its way to being sent.
  private var isPreparing = false

  init(incarnation: Int) {
    elections = UInt64(incarnation) << 32
    requests = RequestCounter(incarnation: incarnation)
  }

  /// The office, for as long as its lease lasts.
  func beliefs(_ context: RecipeContext<Holder>) -> [Belief] {
    guard stage == .leading, let grant = context.holder.grant else { return [] }
    return [Belief(object: "the office", lease: grant.lease)]
  }

  mutating func take(
    _ input: RecipeInput, _ context: inout RecipeContext<Holder>,
    _ effects: inout Effects<Holder.Message>
  ) {
    switch (input, stage) {
    case (.step, .waiting): campaign(&context, &effects)
    case (.step, .leading): prepare(&context, &effects)
    case (.work, .leading): act(&context, &effects)
    case (.news(let news), _): learn(news, &context, &effects)
    case (.reply(let reply), .leading) where reply.id == request: hear(reply, &context, &effects)
    case (.timeout, .leading) where request != nil:
      context.complete(.info, &effects)
      goOn(&context, &effects)
    case (.reply, _): break  // The office was left before this answer came.
    case (.step, _), (.work, _), (.timeout, _):
      preconditionFailure("the timer of another stage fired")
    }
  }

  private mutating func campaign(
    _ context: inout RecipeContext<Holder>, _ effects: inout Effects<Holder.Message>
  ) {
    stage = .campaigning
    context.invoke("acquire", "lock/\(lock)", .none, &effects)
    context.holder.acquire(lock, &effects)
  }

  private mutating func learn(
    _ news: LockNews, _ context: inout RecipeContext<Holder>,
    _ effects: inout Effects<Holder.Message>
  ) {
    switch (news, stage) {
    case (.granted, .campaigning):
      let epoch = context.holder.grant?.token ?? .none
      context.complete(.ok(.integer(Int64(epoch.number))), &effects)
      effects.mark("leader-takes-office")
      effects.note("\(context.id) leads epoch \(Subject("epoch", epoch))")
      elections += 1
      office = Office(epoch: epoch)
      stage = .leading
      prepare(&context, &effects)
    case (.released(let isDone), .resigning):
      context.complete(.ok(.boolean(isDone)), &effects)
      leave(&context, &effects)
    case (.lost, .leading) where context.workload.defects.contains(.actsAfterExpiry): break
    case (.lost, .leading), (.lost, .campaigning), (.lost, .resigning):
      context.complete(.info, &effects)
      leave(&context, &effects)
    case (.lost, .waiting): break
    default: preconditionFailure("a candidate asks for the office alone")
    }
  }

  /// Prepares an action, if the lease says that it may be done.
  ///
  /// Whatever comes between this look and the action cannot be excluded: that is what epochs are for.
  private mutating func prepare(
    _ context: inout RecipeContext<Holder>, _ effects: inout Effects<Holder.Message>
  ) {
    let isReckless = context.workload.defects.contains(.actsAfterExpiry)
    guard let office, office.sequence < context.workload.actions,
      context.holder.mayAct(effects) || isReckless
    else { return resign(&context, &effects) }
    guard request == nil, !isPreparing else { return }
    effects.mark("lease-checked")
    let longest = context.workload.workLongest
    guard longest > .zero else { return act(&context, &effects) }
    isPreparing = true
    effects.setTimer(
      Participant<Holder>.Timer.own(.work), after: effects.choose().between(longest / 10, longest))
  }

  /// Acts as the leader of an epoch.
  private mutating func act(
    _ context: inout RecipeContext<Holder>, _ effects: inout Effects<Holder.Message>
  ) {
    guard var office else { return }
    guard let storage = context.storage else { preconditionFailure("a leader acts on a storage") }
    isPreparing = false
    if let left = context.holder.grant?.lease.remaining(effects), left > .zero {
      effects.note("\(context.id) acts as the leader of epoch \(Subject("epoch", office.epoch))")
    } else {
      effects.note(
        "\(context.id) acts as the leader of epoch \(Subject("epoch", office.epoch)), which may be over"
      )
    }
    office.sequence += 1
    self.office = office
    let request = requests.next()
    self.request = request
    let epoch = Int64(office.epoch.number)
    context.invoke(
      "act", "office", .list([.integer(epoch), .integer(Int64(context.place))]), &effects)
    effects.setTimer(Participant<Holder>.Timer.own(.timeout), after: context.workload.timeout)
    effects.send(
      .storage(
        StorageRequest(
          id: request, resource: lock,
          grant: GrantID(holder: context.id, ordinal: elections),
          point: FencePoint(token: office.epoch, sequence: office.sequence), action: .write(epoch))
      ),
      to: storage)
  }

  private mutating func hear(
    _ reply: StorageReply, _ context: inout RecipeContext<Holder>,
    _ effects: inout Effects<Holder.Message>
  ) {
    effects.cancelTimer(Participant<Holder>.Timer.own(.timeout))
    guard case .fenced = reply.body else {
      context.complete(.ok(.none), &effects)
      effects.mark("leader-acted")
      return goOn(&context, &effects)
    }
    // The network may have duplicated the request, and another copy may have been in time.
    context.complete(.info, &effects)
    effects.mark("leader-refused")
    request = nil
    resign(&context, &effects)
  }

  private mutating func goOn(
    _ context: inout RecipeContext<Holder>, _ effects: inout Effects<Holder.Message>
  ) {
    request = nil
    context.think(&effects)
  }

  private mutating func resign(
    _ context: inout RecipeContext<Holder>, _ effects: inout Effects<Holder.Message>
  ) {
    guard let grant = context.holder.grant else { return leave(&context, &effects) }
    stage = .resigning
    let token = Int64(grant.token.number)
    context.invoke("release", "lock/\(lock)", .integer(token), &effects)
    context.holder.release(&effects)
  }

  private mutating func leave(
    _ context: inout RecipeContext<Holder>, _ effects: inout Effects<Holder.Message>
  ) {
    request = nil
    isPreparing = false
    office = nil
    stage = .waiting
    effects.cancelTimer(Participant<Holder>.Timer.own(.timeout))
    effects.cancelTimer(Participant<Holder>.Timer.own(.work))
    context.think(&effects)
  }
}

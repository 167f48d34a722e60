import Determinism
public import ProtocolKit

/// How clients are served: dissertation, chapter 6.
extension Raft {
  /// Takes a client's request if we lead, and otherwise says who might.
  mutating func receive(
    _ request: ServiceRequest<Application>, from client: NodeID,
    _ effects: inout Effects<Message>
  ) {
    guard role.isLeader else {
      var hint: NodeID?
      if case .follower(let leader) = role { hint = leader }
      reply(.notLeader(hint: hint), to: client, request.id, &effects)
      return
    }
    switch request.body {
    case .openSession: propose(.openSession, for: client, request.id, &effects)
    case .command(let session, let sequence, let command):
      propose(.command(session, sequence: sequence, command), for: client, request.id, &effects)
    case .query(let query): read(query, for: client, request.id, &effects)
    }
  }

  /// The application as this server has applied the log to it.
  public var application: Application { state.application }

  /// Tells the application what is not in the log, such as known bugs; before the first event only.
  public mutating func configure(_ change: (inout Application) -> Void) {
    state.configure(change)
  }

  /// Puts a command of the leader's own behind the log; nobody waits for its response.
  public mutating func propose(_ command: Application.Command, _ effects: inout Effects<Message>) {
    guard role.isLeader else { return }
    append(
      LogEntry(term: term, payload: .command(.none, sequence: 0, command)), &effects)
    replicate(&effects)
    finishStep(&effects)
  }

  private mutating func propose(
    _ payload: LogEntry<Application>.Payload, for client: NodeID, _ request: RequestID,
    _ effects: inout Effects<Message>
  ) {
    let entry = LogEntry(term: term, payload: payload)
    append(entry, &effects)
    effects.note("\(id) appends entry \(log.lastIndex) in term \(term): \(entry)")
    role.leadership?.waiting[log.lastIndex] = Leadership.WaitingClient(
      client: client, request: request)
    replicate(&effects)
  }

  /// Advances the commit index, applies what is new and answers whoever waits for it.
  mutating func commit(upTo index: LogIndex, _ effects: inout Effects<Message>) {
    guard index > commitIndex else { return }
    if role.isLeader { effects.note(committing(index)) }
    commitIndex = index
    while appliedIndex < commitIndex {
      appliedIndex = appliedIndex.next
      let earlier = effects.isNarrated && role.isLeader ? application : nil
      let outcome = state.apply(log[appliedIndex].payload, at: appliedIndex)
      if let earlier, let told = telling(of: log[appliedIndex], to: earlier, outcome) {
        effects.note(told)
      }
      answer(outcome, at: appliedIndex, &effects)
    }
    answerReads(&effects)
  }

  /// A commit in words; that an entry is of an earlier term is what figure 3.7 turns on.
  private func committing(_ index: LogIndex) -> Sentence {
    let origin = log[index].term
    return origin == term
      ? "\(id) commits entry \(index) in term \(term)"
      : "\(id), which leads term \(term), commits entry \(index) of the earlier term \(origin)"
  }

  /// What an entry has done to the application, in words.
  private func telling(
    of entry: LogEntry<Application>, to earlier: Application,
    _ outcome: SessionedApplication<Application>.Outcome
  ) -> Sentence? {
    guard case .command(_, _, let command) = entry.payload, case .response(let response) = outcome
    else { return nil }
    return application.telling(of: command, to: earlier, response)
  }

  private mutating func answer(
    _ outcome: SessionedApplication<Application>.Outcome, at index: LogIndex,
    _ effects: inout Effects<Message>
  ) {
    guard let waiting = role.leadership?.waiting[index] else { return }
    role.leadership?.waiting[index] = nil
    switch outcome {
    case .nothing: break
    case .sessionOpened(let session):
      reply(.sessionOpened(session), to: waiting.client, waiting.request, &effects)
    case .response(let response):
      reply(.response(response), to: waiting.client, waiting.request, &effects)
    case .sessionExpired:
      reply(.sessionExpired, to: waiting.client, waiting.request, &effects)
    }
  }

  /// Sends clients whose reads wait elsewhere; the fate of waiting commands is unknown, so those
  /// clients hear nothing.
  mutating func abandonLeadership(_ effects: inout Effects<Message>) {
    effects.mark("leader-stepped-down")
    effects.note("\(id) learns of a later term and leads term \(term) no longer")
    effects.cancelTimer(Timer.heartbeat)
    for read in pendingReads {
      reply(.notLeader(hint: nil), to: read.client, read.request, &effects)
    }
    pendingReads.removeAll()
  }

  func reply(
    _ body: ServiceReply<Application>.Body, to client: NodeID, _ request: RequestID,
    _ effects: inout Effects<Message>
  ) {
    effects.send(.reply(ServiceReply(id: request, body: body)), to: client)
  }
}

import Determinism
import ProtocolKit
import Workloads

/// A store on a primary and its backups: a write is answered once every one of them has it on disk.
///
/// The primary never changes, so while one server is down nothing is answered; what was answered is
/// never lost. Backups follow the primary's log and send clients to it.
struct Register: StateMachine {
  /// What every server is told.
  struct Configuration: Sendable {
    /// The first is the primary, the others are its backups.
    var members: Membership
    var defects: RegisterDefects = []
  }

  /// Asks the primary to send again what backups have not confirmed.
  enum Timer: UInt64 { case resend }

  typealias Message = RegisterMessage
  typealias Rules = RegisterRules

  let configuration: Configuration
  private(set) var log: [Entry] = []
  /// How many entries are on the disk of this server.
  private var durable = 0
  /// How many entries each backup has confirmed.
  private var confirmed: MemberMap<Int>
  /// How many entries have been carried out.
  private var applied = 0
  private var store = KeyValueStore()
  private var sessions = SortedMap<UInt64, (sequence: UInt64, response: KeyValueStore.Response)>()
  /// Clients that wait until so many entries have been carried out.
  private var waiting: [(until: Int, client: NodeID, request: ServiceRequest<KeyValueStore>)] = []
  private let id: NodeID

  init(id: NodeID, configuration: Configuration, recovery: Recovery) throws(RecoveryFailure) {
    self.id = id
    self.configuration = configuration
    confirmed = MemberMap(repeating: 0, of: configuration.members)
    try recovery.replay(Entry.self) { entry, _ in
      log.append(entry)
      return nil
    }
  }

  var isPrimary: Bool { id == configuration.members.nodes[0] }

  /// What may be on the disk since a crash is not promised to be: it is synced first.
  mutating func start(_ effects: inout Effects<Message>) {
    effects.syncJournal()
    if isPrimary { effects.setTimer(Timer.resend, after: .milliseconds(20)) }
  }

  mutating func receive(
    _ message: Message, from sender: NodeID, _ effects: inout Effects<Message>
  ) {
    switch message {
    case .request(let request) where isPrimary: accept(request, from: sender, &effects)
    case .request(let request):
      let answer = ServiceReply<KeyValueStore>(
        id: request.id, body: .notLeader(hint: configuration.members.nodes[0]))
      effects.send(.reply(answer), to: sender)
    case .append(let start, let entries): follow(entries, from: start, &effects)
    case .confirm(let count):
      confirmed[sender] = max(confirmed[sender], count)
      carryOut(&effects)
    case .reply: preconditionFailure("servers ask nobody")
    }
  }

  mutating func timerFired(_ timer: Timer, _ effects: inout Effects<Message>) {
    replicate(&effects)
    effects.setTimer(timer, after: .milliseconds(20))
  }

  mutating func journalSynced(_ position: JournalPosition, _ effects: inout Effects<Message>) {
    durable = Int(position.count)
    if isPrimary {
      replicate(&effects)
      carryOut(&effects)
    } else {
      effects.send(.confirm(durable), to: configuration.members.nodes[0])
    }
  }
}

extension Register {
  /// Every request waits for all that was in the log when it came, its own entry included.
  private mutating func accept(
    _ request: ServiceRequest<KeyValueStore>, from client: NodeID,
    _ effects: inout Effects<Message>
  ) {
    switch request.body {
    case .openSession: append(.session, &effects)
    case .command(let session, let sequence, let command):
      append(.command(session: session.number, sequence: sequence, command), &effects)
    case .query: break
    }
    waiting.append((log.count, client, request))
    carryOut(&effects)
  }

  private mutating func append(_ entry: Entry, _ effects: inout Effects<Message>) {
    log.append(entry)
    effects.append(entry)
    effects.syncJournal()
  }

  /// How many entries the primary counts as its own.
  private var held: Int {
    configuration.defects.contains(.answersBeforeSync) ? log.count : durable
  }

  /// Sends every backup what it has not confirmed; only what the primary cannot lose any more.
  private func replicate(_ effects: inout Effects<Message>) {
    for backup in configuration.members.nodes.dropFirst() where confirmed[backup] < held {
      let start = confirmed[backup]
      effects.send(.append(start: start, Array(log[start..<held])), to: backup)
    }
  }

  /// Takes what continues the log; what is there already stays.
  private mutating func follow(
    _ entries: [Entry], from start: Int, _ effects: inout Effects<Message>
  ) {
    guard start <= log.count else { return }  // an earlier message is still on its way
    for entry in entries.dropFirst(log.count - start) { append(entry, &effects) }
    effects.send(.confirm(durable), to: configuration.members.nodes[0])
  }

  /// Carries out what every server has on disk, and answers whoever waited for it.
  private mutating func carryOut(_ effects: inout Effects<Message>) {
    let backups = configuration.members.nodes.dropFirst()
    let everywhere = backups.map { confirmed[$0] }.reduce(held, min)
    while applied < everywhere {
      apply(log[applied], at: applied)
      applied += 1
    }
    for ask in waiting where ask.until <= applied {
      effects.send(.reply(answer(ask.request, at: ask.until)), to: ask.client)
    }
    waiting.removeAll { $0.until <= applied }
  }

  /// A command that came twice, because the network said so or its client, is carried out once.
  private mutating func apply(_ entry: Entry, at place: Int) {
    guard case .command(let session, let sequence, let command) = entry else { return }
    if let last = sessions[session], last.sequence >= sequence { return }
    sessions[session] = (sequence, store.apply(command))
  }

  /// A session is named after the place of its entry in the log.
  private func answer(
    _ request: ServiceRequest<KeyValueStore>, at place: Int
  ) -> ServiceReply<KeyValueStore> {
    let body: ServiceReply<KeyValueStore>.Body =
      switch request.body {
      case .openSession: .sessionOpened(SessionID(UInt64(place)))
      case .query(let query): .response(store.answer(query))
      case .command(let session, let sequence, _):
        if let last = sessions[session.number], last.sequence == sequence {
          .response(last.response)
        } else {
          .sessionExpired
        }
      }
    return ServiceReply(id: request.id, body: body)
  }
}

import Determinism
import Histories
import ProtocolKit

@testable import Protocols
@testable import Workloads

/// Participants of a recipe around a service without servers: the test is the network.
///
/// Messages wait in one queue; served, they are answered at once. Every step is shown to the rules.
struct RecipeTable {
  private typealias Client = Participant<LockClient>

  private let configuration: Client.Configuration
  private(set) var history = History()
  private(set) var service = LockService()
  /// What was sent and not served yet.
  var queue: [(message: LocksMessage, place: Int)] = []
  /// What the clocks of all participants show.
  var now = Nanoseconds.zero

  private var participants: [Client] = []
  private var incarnations: [Int]
  private var choices: [UInt64]
  private var watchers: [(request: RequestID, after: Revision, place: Int)] = []
  private var rules: Client.Rules
  private var effects = Effects<LocksMessage>(isNarrated: false)

  init(_ workload: RecipeWorkload, locks: LocksDefects = []) {
    var holder = LockClient.Configuration(serverCount: 1)
    holder.timeToLive = .milliseconds(300)
    holder.defects = locks
    configuration = Client.Configuration(
      workload: workload, holder: holder, storage: NodeID(1), first: NodeID(2))
    rules = Client.Rules(configuration: configuration, nodeCount: 2 + workload.clients)
    incarnations = Array(repeating: 0, count: workload.clients)
    choices = Array(repeating: 0, count: workload.clients)
    for place in 0..<workload.clients { participants.append(newcomer(place)) }
  }

  private func newcomer(_ place: Int) -> Client {
    Client(
      id: NodeID(2 + place), configuration: configuration,
      recovery: Recovery(records: [], incarnation: incarnations[place]))
  }

  /// Lets a participant take its next step.
  mutating func step(_ place: Int) throws(InvariantViolation) {
    try input(place) { $0.timerFired(Client.Timer(rawValue: RecipeTimer.step.rawValue), &$1) }
  }

  /// Ends a participant; its successor remembers nothing.
  mutating func crash(_ place: Int) {
    incarnations[place] += 1
    participants[place] = newcomer(place)
    watchers.removeAll { $0.place == place }
    rules.observeCrash(of: NodeID(2 + place), journalEnd: .start)
  }

  /// Ends the session with this number.
  mutating func expire(_ number: UInt64) throws(InvariantViolation) {
    let id = LockSessionID(number)
    let epoch = service.sessions[id]?.epoch ?? 0
    _ = service.apply(
      LockService.Command(session: id, sequence: 0, body: .expire(epoch: epoch)))
    try tellWatchers()
  }

  /// Serves what waits, in order, and what comes of it.
  mutating func serve(most: Int = .max) throws(InvariantViolation) {
    var served = 0
    while served < most, !queue.isEmpty {
      let (message, place) = queue.removeFirst()
      served += 1
      try serve(message, for: place)
      try tellWatchers()
    }
  }

  private mutating func serve(
    _ message: LocksMessage, for place: Int
  ) throws(InvariantViolation) {
    switch message {
    case .raft(.request(let request)):
      let response: LockService.Response
      switch request.body {
      case .command(_, _, let command): response = service.apply(command)
      case .query(let query): response = service.answer(query)
      case .openSession: return
      }
      try deliver(
        .raft(.reply(ServiceReply(id: request.id, body: .response(response)))), to: place)
    case .watch(let request, let after):
      watchers.removeAll { $0.place == place }
      watchers.append((request, after ?? service.revision, place))
    case .storage(let request):
      try deliver(.storageReply(StorageReply(id: request.id, body: .written)), to: place)
    default: break
    }
  }

  private mutating func tellWatchers() throws(InvariantViolation) {
    let revision = service.revision
    let ready = watchers.filter { $0.after < revision }
    watchers.removeAll { $0.after < revision }
    for watcher in ready {
      let events = (Int(watcher.after.number)..<Int(revision.number)).map { service.events[$0] }
      try deliver(.watched(watcher.request, events, upTo: revision), to: watcher.place)
    }
  }

  private mutating func deliver(
    _ message: LocksMessage, to place: Int
  ) throws(InvariantViolation) {
    try input(place) { $0.receive(message, from: NodeID(0), &$1) }
  }

  private mutating func input(
    _ place: Int, _ body: (inout Client, inout Effects<LocksMessage>) -> Void
  ) throws(InvariantViolation) {
    let node = NodeID(2 + place)
    let time = LocalTime(nanoseconds: now.count)
    effects.begin(
      Effects.Circumstances(
        node: node, now: time, wallClock: time, journalEnd: .start, choiceCount: choices[place],
        operationCount: history.operations.count, randomness: Randomness(seed: 1)))
    body(&participants[place], &effects)
    choices[place] = effects.choiceCount
    for event in effects.clientEvents {
      switch event {
      case .invoke(let invocation): _ = history.invoke(invocation, at: .start + now)
      case .complete(let id, let completion): history.complete(id, completion, at: .start + now)
      }
    }
    queue += effects.envelopes.map { ($0.message, place) }
    effects.removeAll()
    try rules.observe(participants[place], at: node, synced: .start)
    try rules.observeClocks(after: node, SameClocks(now: now))
  }
}

/// All clocks show true time.
private struct SameClocks: ClockReadings {
  let now: Nanoseconds
  var instant: Instant { .start + now }

  func monotonic(of node: NodeID) -> LocalTime { LocalTime(nanoseconds: now.count) }
  func wall(of node: NodeID) -> LocalTime { monotonic(of: node) }
}

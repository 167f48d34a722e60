import Determinism
import Histories
import ProtocolKit
import TestKit

@testable import Consensus
@testable import Locks
@testable import Workloads

/// Participants of a recipe around a service without servers: the test is the network.
///
/// Messages wait in one queue; served, they are answered at once. Every step is shown to the rules.
struct RecipeTable {
  private typealias Client = Participant<LockClient>

  private var participants: ScriptedCluster<Client>
  private(set) var service = LockService()
  /// What was sent and not served yet.
  var queue: [(message: LocksMessage, participant: NodeID)] = []
  private var watchers: [(request: RequestID, after: Revision, participant: NodeID)] = []

  init(_ workload: RecipeWorkload, locks: LocksDefects = []) throws {
    var holder = LockClient.Configuration(servers: .first(1))
    holder.timeToLive = .milliseconds(300)
    holder.defects = locks
    let configuration = Client.Configuration(
      workload: workload, holder: holder, storage: NodeID(1),
      clients: Membership((0..<workload.clients).map { NodeID(2 + $0) }))
    participants = try ScriptedCluster(
      configuration, members: (0..<workload.clients).map { NodeID(2 + $0) })
  }

  var history: History { participants.history }

  /// What the clocks of all participants show.
  var now: Nanoseconds {
    get { participants.now }
    set { participants.now = newValue }
  }

  /// Lets a participant take its next step.
  mutating func step(_ place: Int) throws {
    try participants.fire(
      .own(.step), at: NodeID(2 + place))
    takeRequests()
  }

  /// Ends a participant; its successor remembers nothing.
  mutating func crash(_ place: Int) throws {
    let participant = NodeID(2 + place)
    watchers.removeAll { $0.participant == participant }
    participants.crash(participant)
    try participants.restart(participant)
    takeRequests()
  }

  /// Ends the session with this number.
  mutating func expire(_ number: UInt64) throws {
    let id = LockSessionID(number)
    let epoch = service.sessions[id]?.epoch ?? 0
    _ = service.apply(
      LockService.Command(session: id, sequence: 0, body: .expire(epoch: epoch)))
    try tellWatchers()
  }

  /// Serves what waits, in order, and what comes of it.
  mutating func serve(most: Int = .max) throws {
    var served = 0
    while served < most, !queue.isEmpty {
      let (message, participant) = queue.removeFirst()
      served += 1
      try serve(message, for: participant)
      try tellWatchers()
    }
  }

  private mutating func serve(
    _ message: LocksMessage, for participant: NodeID
  ) throws {
    switch message {
    case .raft(.request(let request)):
      let response: LockService.Response
      switch request.body {
      case .command(_, _, let command): response = service.apply(command)
      case .query(let query): response = service.answer(query)
      case .openSession: return
      }
      try deliver(
        .raft(.reply(ServiceReply(id: request.id, body: .response(response)))), to: participant)
    case .watch(let request, let after):
      watchers.removeAll { $0.participant == participant }
      watchers.append((request, after ?? service.revision, participant))
    case .storage(let request):
      try deliver(.storageReply(StorageReply(id: request.id, body: .written)), to: participant)
    default: break
    }
  }

  private mutating func tellWatchers() throws {
    let revision = service.revision
    let ready = watchers.filter { $0.after < revision }
    watchers.removeAll { $0.after < revision }
    for watcher in ready {
      let events = (Int(watcher.after.number)..<Int(revision.number)).map { service.events[$0] }
      try deliver(.watched(watcher.request, events, upTo: revision), to: watcher.participant)
    }
  }

  private mutating func deliver(_ message: LocksMessage, to participant: NodeID) throws {
    try participants.hand(message, from: NodeID(0), to: participant)
    takeRequests()
  }

  private mutating func takeRequests() {
    queue += participants.takeOutgoing().map { ($0.message, $0.sender) }
  }
}

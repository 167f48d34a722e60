public import Consensus
import Determinism
public import ProtocolKit

/// A server of the lock service: a Raft server that measures leases while it leads.
///
/// Leases are measured as in etcd's lessor: only the leader has deadlines, on its monotonic clock, from
/// when it applied a keep-alive, lengthened by the bound on drift. A new leader gives every session
/// its full time anew. So a session never ends on the servers before its client, which counts from
/// when it asked and shortens by the same bound, knows that it may have.
public struct LockServer: StateMachine {
  /// What the nodes of the cluster send each other.
  public typealias Message = LocksMessage
  /// The rules of Raft and of locks.
  public typealias Rules = LocksInvariants

  /// What every server is told.
  public struct Configuration: Hashable, Sendable {
    /// What Raft is told.
    public var raft: RaftConfiguration
    /// How much faster or slower than true time any clock may run, in parts per billion.
    public var driftBound: Int64 = 1_000_000
    /// Known bugs that are switched on.
    public var defects: LocksDefects = []

    /// Creates the configuration of a cluster.
    public init(raft: RaftConfiguration) {
      self.raft = raft
    }
  }

  /// What a server waits for beside Raft.
  public enum LeaseTimer: UInt64, Sendable {
    /// The next deadline of a session.
    case deadline = 1
  }

  /// Raft's timers, and its own.
  public typealias Timer = NestedTimer<LeaseTimer, Raft<LockService>.Timer>

  /// What the leader knows about the time that a session has left.
  private struct Deadline: Sendable {
    var epoch: UInt64
    var end: LocalTime
    /// Since when the time is counted, and whether from our election and not from a sign of life.
    let since: LocalTime
    let isFromElection: Bool
  }

  /// A client that waits for events.
  private struct Watcher: Sendable {
    let client: NodeID
    let request: RequestID
    let after: Revision
  }

  private let id: NodeID
  private let configuration: Configuration
  /// The replicated state machine.
  var raft: Raft<LockService>
  private var sink = Effects<RaftMessage<LockService>>(isNarrated: false)
  private var deadlines = SortedMap<LockSessionID, Deadline>()
  /// The keep-alives of sessions before our election; only a defect looks at them.
  private var inherited = SortedMap<LockSessionID, UInt64>()
  private var ledTerm: Term?
  private var seenChanges: UInt64 = 0
  /// The events that were told to people who read along, or passed while we did not lead.
  private var told = Revision(0)
  private var watchers: [Watcher] = []

  /// Creates a server from what survived in its journal.
  public init(
    id: NodeID, configuration: Configuration, recovery: Recovery
  ) throws(RecoveryFailure) {
    self.id = id
    self.configuration = configuration
    raft = try Raft(id: id, configuration: configuration.raft, recovery: recovery)
    raft.configure { $0.defects = configuration.defects }
  }

  /// The service as this server has applied it.
  var service: LockService { raft.application }

  /// Whether it claims to lead.
  public var isLeading: Bool { raft.isLeading }

  /// Begins to work.
  public mutating func start(_ effects: inout Effects<Message>) {
    effects.lend(to: &sink)
    raft.start(&sink)
    finish(&effects)
  }

  /// Handles a message from another server or a client.
  public mutating func receive(
    _ message: Message, from sender: NodeID, _ effects: inout Effects<Message>
  ) throws(InvariantViolation) {
    switch message {
    case .raft(let message):
      effects.lend(to: &sink)
      try raft.receive(message, from: sender, &sink)
      finish(&effects)
    case .watch(let request, let after):
      watchers.removeAll { $0.client == sender }
      watchers.append(
        Watcher(client: sender, request: request, after: after ?? service.revision))
      tellWatchers(&effects)
    case .watched, .storage, .storageReply: break
    }
  }

  /// Handles a timer.
  public mutating func timerFired(_ timer: Timer, _ effects: inout Effects<Message>) {
    effects.lend(to: &sink)
    switch timer {
    case .inner(let timer): raft.timerFired(timer, &sink)
    case .own(.deadline): expireSessions()
    }
    finish(&effects)
    if case .own(.deadline) = timer { setTimer(&effects) }
  }

  /// Learns that journal records are durable.
  public mutating func journalSynced(
    _ position: JournalPosition, _ effects: inout Effects<Message>
  ) {
    effects.lend(to: &sink)
    raft.journalSynced(position, &sink)
    finish(&effects)
  }

  private mutating func finish(_ effects: inout Effects<Message>) {
    effects.reclaim(from: &sink) { .raft($0) }
    tellReaders(&effects)
    measureLeases(&effects)
    if !watchers.isEmpty { tellWatchers(&effects) }
  }
}

/// How the leader measures leases.
extension LockServer {
  private mutating func measureLeases(_ effects: inout Effects<Message>) {
    guard raft.isLeading else {
      if ledTerm != nil { stopMeasuring(&effects) }
      return
    }
    let isNew = ledTerm != raft.term
    guard isNew || seenChanges != service.sessionChanges else { return }
    if isNew { beginMeasuring() }
    ledTerm = raft.term
    seenChanges = service.sessionChanges
    for id in deadlines.keys where service.sessions[id] == nil { deadlines[id] = nil }
    for (id, session) in service.sessions where deadlines[id]?.epoch != session.epoch {
      let isInherited = session.epoch < inherited[id] ?? 0
      if isInherited, configuration.defects.contains(.forgetsInherited) { continue }
      let isShort = isNew && configuration.defects.contains(.shortTimeAfterElection)
      let time = isShort ? session.timeToLive / 16 : session.timeToLive
      deadlines[id] = Deadline(
        epoch: session.epoch, end: effects.now + time.lengthened(by: configuration.driftBound),
        since: effects.now, isFromElection: isNew)
    }
    setTimer(&effects)
  }

  private mutating func beginMeasuring() {
    deadlines.removeAll()
    inherited.removeAll()
    guard configuration.defects.contains(.forgetsInherited) else { return }
    for (id, session) in service.sessions { inherited[id] = session.epoch + 1 }
  }

  private mutating func stopMeasuring(_ effects: inout Effects<Message>) {
    ledTerm = nil
    deadlines.removeAll()
    effects.cancelTimer(Timer.own(.deadline))
  }

  private func setTimer(_ effects: inout Effects<Message>) {
    guard let first = deadlines.values.map(\.end).min() else {
      return effects.cancelTimer(Timer.own(.deadline))
    }
    effects.setTimer(Timer.own(.deadline), after: max(first - effects.now, .zero))
  }

  /// Puts the expiry of every session behind the log whose time is over.
  private mutating func expireSessions() {
    guard raft.isLeading, ledTerm == raft.term else { return }
    for (id, deadline) in deadlines where deadline.end <= sink.now {
      sink.mark("session-deadline")
      let now = sink.now
      sink.note(Self.givingUp(id, deadline, by: self.id, at: now))
      raft.propose(
        LockService.Command(
          session: id, sequence: 0, body: .expire(epoch: deadline.epoch)), &sink)
      // The command may be lost with our leadership, so we look again later.
      deadlines[id]?.end = sink.now + configuration.raft.electionTimeout
    }
  }

  private static func givingUp(
    _ id: LockSessionID, _ deadline: Deadline, by leader: NodeID, at now: LocalTime
  ) -> Sentence {
    let silence = (now - deadline.since).inWords
    return deadline.isFromElection
      ? "\(leader) gives session \(id) up: nobody kept it alive in the \(silence) of its own lead"
      : "\(leader) gives session \(id) up: nobody kept it alive for \(silence)"
  }

  /// Tells people who read along what happened to locks and sessions; the leader speaks for all.
  private mutating func tellReaders(_ effects: inout Effects<Message>) {
    while told < service.revision {
      let event = service.events[Int(told.number)]
      told = told.next
      if raft.isLeading { effects.note("revision \(told): \(event.sentence)") }
    }
  }

  /// Sends everyone who waits the events that are new to them; any server may, from what it applied.
  private mutating func tellWatchers(_ effects: inout Effects<Message>) {
    let revision = service.revision
    for watcher in watchers where watcher.after < revision {
      let events = (Int(watcher.after.number)..<Int(revision.number)).map { service.events[$0] }
      effects.send(.watched(watcher.request, events, upTo: revision), to: watcher.client)
    }
    watchers.removeAll { $0.after < revision }
  }
}

extension Nanoseconds {
  /// The span a clock must show so that this much time has passed, however slow true time seems.
  func lengthened(by partsPerBillion: Int64) -> Nanoseconds {
    Nanoseconds(count + Int64(Int128(count) * Int128(partsPerBillion) / 1_000_000_000) + 1)
  }

  /// The span a clock may show while no more than this time has passed.
  func shortened(by partsPerBillion: Int64) -> Nanoseconds {
    Nanoseconds(count - Int64(Int128(count) * Int128(partsPerBillion) / 1_000_000_000) - 1)
  }
}

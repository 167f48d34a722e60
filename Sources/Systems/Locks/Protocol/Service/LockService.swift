public import Determinism
public import ProtocolKit

/// Identifies a session with the lock service; never given out twice.
public struct LockSessionID: WrappedNumber {
  /// The number, from one.
  public let number: UInt64

  /// Creates the identity with this number.
  public init(_ number: UInt64) {
    self.number = number
  }
}

extension LockSessionID: SentenceSubject {
  /// The session.
  public var subject: Subject { Subject("session", self) }
}

extension LockSessionID: CustomStringConvertible {
  /// The number.
  public var description: String { String(number) }
}

/// A place in the service's sequence of events; what a watcher has seen is one number.
public struct Revision: WrappedNumber {
  /// The number of events up to here.
  public let number: UInt64

  /// Creates the revision with this number.
  public init(_ number: UInt64) {
    self.number = number
  }

  /// The revision after this one.
  public var next: Revision { Revision(number + 1) }
}

extension Revision: SentenceSubject {
  /// The revision.
  public var subject: Subject { Subject("revision", self) }
}

extension Revision: CustomStringConvertible {
  /// The number.
  public var description: String { String(number) }
}

/// A lock service behind a replicated log: sessions, queues for locks, tokens, entries and events.
///
/// After Chubby (Burrows, OSDI 2006) and etcd's leases and concurrency package. It knows no time: the
/// leader measures leases and puts an expiry behind the log like any other command, together with
/// the number of keep-alives it had seen, so that one that came in between cancels it.
public struct LockService: ReplicatedApplication {
  /// A client's session: what it owns goes when it ends.
  struct Session: Hashable, Sendable {
    /// How long it lives without a keep-alive.
    let timeToLive: Nanoseconds
    /// How often it was kept alive.
    var epoch: UInt64 = 0
    /// The last numbered command and its answer, so that none happens twice.
    var sequence: UInt64 = 0
    var response = Response.opened(LockSessionID(0))
  }

  /// A lock and who wants it.
  struct Lock: Hashable, Sendable {
    var holder: LockSessionID?
    var token = FencingToken.none
    /// Whether the token was given back; one that was not is given out again by a defect.
    var isTokenSpent = true
    var queue: [LockSessionID] = []
  }

  /// A configuration entry.
  struct Entry: Hashable, Sendable {
    var value: Int64
    /// How often the entry was written, from one.
    var version: UInt64
    /// The session with which it disappears, if it is ephemeral.
    var owner: LockSessionID?
  }

  /// Known bugs that are switched on; the same on every server.
  var defects: LocksDefects = []
  var sessions = SortedMap<LockSessionID, Session>()
  var locks = SortedMap<LockName, Lock>()
  var entries = SortedMap<EntryName, Entry>()
  /// The last versions of entries that are gone.
  var retired = SortedMap<EntryName, UInt64>()
  var events: ChunkedLog<Event> = []
  /// Changes whenever a session begins, ends or is kept alive.
  var sessionChanges: UInt64 = 0
  var sessionCount: UInt64 = 0

  /// Creates a service without sessions.
  public init() {}

  /// The revision of the last event.
  var revision: Revision { Revision(UInt64(events.count)) }

  /// Carries out a command.
  public mutating func apply(_ command: Command) -> Response {
    switch command.body {
    case .open(let timeToLive):
      sessionCount += 1
      let id = LockSessionID(sessionCount)
      sessions[id] = Session(timeToLive: timeToLive)
      sessionChanges += 1
      return .opened(id)
    case .keepAlive(let timeToLive): return keepAlive(command.session, timeToLive)
    case .expire(let epoch): return expire(command.session, seen: epoch)
    default: return applyOnce(command)
    }
  }

  /// Answers a query.
  public func answer(_ query: Query) -> Response {
    switch query {
    case .lock(let name):
      guard let lock = locks[name], lock.holder != nil else { return .free }
      return .granted(name, lock.token)
    case .entry(let name):
      return entries[name].map { .entry(value: $0.value, version: $0.version) } ?? .absent
    case .entries(let range): return listing(of: range)
    }
  }

  /// What a command did to its session: whether it lives decides who holds a lock.
  public func telling(
    of command: Command, to earlier: LockService, _ response: Response
  ) -> Sentence? {
    switch (command.body, response) {
    case (.keepAlive, .alive):
      earlier.sessions[command.session] == nil
        ? "session \(command.session) is back although it had expired" : nil
    case (.keepAlive, .sessionExpired):
      "session \(command.session) has expired: nothing keeps it alive any more"
    case (.expire(let epoch), .sessionExpired):
      earlier.sessions[command.session].flatMap { session in
        session.epoch == epoch
          ? nil : "session \(command.session) expires although it was kept alive meanwhile"
      }
    case (.expire, .alive): "session \(command.session) lives on: it was kept alive meanwhile"
    default: nil
    }
  }
}

import Determinism
import ProtocolKit

/// The application with the sessions that make commands happen once: all that entries act upon.
///
/// Ongaro, dissertation, section 6.3. The table is part of the replicated state, so every server
/// recognises the same duplicates and lets the same sessions expire.
struct SessionedApplication<Application: ReplicatedApplication>: Sendable {
  /// What applying an entry gives its client.
  enum Outcome: Sendable {
    case nothing
    case sessionOpened(SessionID)
    case response(Application.Response)
    case sessionExpired
  }

  private struct Session: Sendable {
    var sequence: UInt64
    var response: Application.Response?
    var lastUse: LogIndex
  }

  private(set) var application = Application()
  private var sessions = SortedMap<SessionID, Session>()
  private let maxSessions: Int

  init(maxSessions: Int) {
    self.maxSessions = maxSessions
  }

  /// Tells the application something before its first command; every server must do the same.
  mutating func configure(_ change: (inout Application) -> Void) {
    change(&application)
  }

  /// Applies the entry at an index; must be called once for each index, in order.
  mutating func apply(
    _ payload: LogEntry<Application>.Payload, at index: LogIndex
  ) -> Outcome {
    switch payload {
    case .noop: return .nothing
    case .openSession: return .sessionOpened(openSession(at: index))
    case .command(let id, let sequence, let command):
      guard id != .none else { return .response(application.apply(command)) }
      guard let session = sessions[id] else { return .sessionExpired }
      if sequence <= session.sequence {
        // A client has one command under way, so an older one is answered or abandoned already.
        return session.response.map(Outcome.response) ?? .nothing
      }
      let response = application.apply(command)
      sessions[id] = Session(sequence: sequence, response: response, lastUse: index)
      return .response(response)
    }
  }

  private mutating func openSession(at index: LogIndex) -> SessionID {
    if sessions.count >= maxSessions,
      let leastRecent = sessions.min(by: { $0.value.lastUse < $1.value.lastUse })
    {
      sessions[leastRecent.key] = nil
    }
    let id = SessionID(UInt64(index.number))
    sessions[id] = Session(sequence: 0, response: nil, lastUse: index)
    return id
  }
}

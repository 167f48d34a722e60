public import Determinism

/// A deterministic state machine that a replication protocol can put behind its log.
///
/// Applying the same commands in the same order gives the same responses on every replica, so it
/// must not depend on anything else: no clock, no randomness, no node identity.
public protocol ReplicatedApplication: Sendable {
  /// What changes the state; goes through the log.
  associatedtype Command: BinaryCodable, Visitable, CustomStringConvertible
  /// What reads the state; need not go through the log.
  associatedtype Query: Sendable, Visitable, CustomStringConvertible
  /// What either returns.
  associatedtype Response: Sendable, Visitable, CustomStringConvertible

  /// Creates the state before the first command.
  init()

  /// Carries out a command.
  mutating func apply(_ command: Command) -> Response

  /// Answers a query from the state as it is.
  func answer(_ query: Query) -> Response

  /// What a command has just made of an earlier state, for people who read along; nil if that is not
  /// worth a sentence.
  func telling(of command: Command, to earlier: Self, _ response: Response) -> Sentence?
}

extension ReplicatedApplication {
  /// Nothing: for applications whose commands say all.
  public func telling(of command: Command, to earlier: Self, _ response: Response) -> Sentence? {
    nil
  }
}

/// One client's side of a conversation with a service: commands in it are applied at most once.
///
/// Ongaro, dissertation, section 6.3. The number is the log index at which the session was opened.
public struct SessionID: WrappedNumber {
  /// The log index of the command that opened the session.
  public let number: UInt64

  /// Creates the identity of a session.
  public init(_ number: UInt64) {
    self.number = number
  }

  /// No session: such a command is carried out as often as it arrives.
  ///
  /// For applications that tell duplicates apart themselves.
  public static let none = SessionID(0)
}

/// Identifies a request to its client, so that a late reply is not taken for another's.
public struct RequestID: WrappedNumber {
  /// A number that the client uses for one attempt only.
  public let number: UInt64

  /// Creates the identity of one attempt.
  public init(_ number: UInt64) {
    self.number = number
  }
}

/// What a client asks of a replicated service.
public struct ServiceRequest<Application: ReplicatedApplication>: Sendable {
  /// The three kinds of request.
  public enum Body: Sendable {
    /// Open a session for commands.
    case openSession
    /// Carry out a command once, however often it is asked for under this session and number.
    case command(SessionID, sequence: UInt64, Application.Command)
    /// Answer from a state at least as new as when the query arrived.
    case query(Application.Query)
  }

  /// Identifies this attempt.
  public let id: RequestID
  /// What is asked.
  public let body: Body

  /// Creates a request.
  public init(id: RequestID, body: Body) {
    self.id = id
    self.body = body
  }
}

/// What a replicated service answers.
public struct ServiceReply<Application: ReplicatedApplication>: Sendable {
  /// The kinds of answer.
  public enum Body: Sendable {
    /// A session is open.
    case sessionOpened(SessionID)
    /// The command was carried out, or the query answered.
    case response(Application.Response)
    /// This node does not lead; nothing was done. It may know who does.
    case notLeader(hint: NodeID?)
    /// The session is no longer known; this copy was not carried out, another one may have been.
    case sessionExpired
  }

  /// The attempt that is answered.
  public let id: RequestID
  /// The answer.
  public let body: Body

  /// Creates a reply.
  public init(id: RequestID, body: Body) {
    self.id = id
    self.body = body
  }
}

/// A message type that can carry a service's requests and replies.
public protocol ServiceMessage: WireMessage {
  /// The application behind the service.
  associatedtype Application: ReplicatedApplication

  /// Wraps a request.
  static func request(_ request: ServiceRequest<Application>) -> Self

  /// The reply in this message, if it is one.
  var asReply: ServiceReply<Application>? { get }
}

extension ServiceRequest: Visitable, CustomStringConvertible {
  /// Shows every field.
  public func visitFields(_ visitor: inout some FieldVisitor) {
    visitor.visit(id)
    switch body {
    case .openSession: visitor.visit(case: 1)
    case .command(let session, let sequence, let command):
      visitor.visit(case: 2)
      visitor.visit(session)
      visitor.visit(sequence)
      visitor.visit(command)
    case .query(let query):
      visitor.visit(case: 3)
      visitor.visit(query)
    }
  }

  /// The request in words.
  public var description: String {
    switch body {
    case .openSession: "open session"
    case .command(let session, let sequence, let command):
      "\(command) (session \(session.number), sequence \(sequence))"
    case .query(let query): "\(query)"
    }
  }
}

extension ServiceReply: Visitable, CustomStringConvertible {
  /// Shows every field.
  public func visitFields(_ visitor: inout some FieldVisitor) {
    visitor.visit(id)
    switch body {
    case .sessionOpened(let session):
      visitor.visit(case: 1)
      visitor.visit(session)
    case .response(let response):
      visitor.visit(case: 2)
      visitor.visit(response)
    case .notLeader(let hint):
      visitor.visit(case: 3)
      visitor.visit(hint)
    case .sessionExpired: visitor.visit(case: 4)
    }
  }

  /// The reply in words.
  public var description: String {
    switch body {
    case .sessionOpened(let session): "session \(session.number) opened"
    case .response(let response): "\(response)"
    case .notLeader(let hint): hint.map { "not the leader, try \($0)" } ?? "not the leader"
    case .sessionExpired: "session expired"
    }
  }
}

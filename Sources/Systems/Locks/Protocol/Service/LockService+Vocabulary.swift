public import Determinism
import ProtocolKit

extension LockService {
  /// What changes the service.
  public struct Command: Hashable, Sendable {
    /// The kinds of command.
    public enum Body: Hashable, Sendable {
      /// Open a session that lives for this long after each keep-alive.
      case open(Nanoseconds)
      /// Let a session live for this long from now on.
      case keepAlive(Nanoseconds)
      /// End a session that was not kept alive since this many keep-alives; the leader asks for it.
      case expire(epoch: UInt64)
      /// End the session of whoever asks.
      case close
      /// Get a lock, or a place in its queue.
      case acquire(LockName)
      /// Write a configuration entry.
      case put(EntryWrite)
      /// Give a lock back that was granted with this token, or leave its queue.
      case release(LockName, FencingToken)
    }

    /// Whose command it is; ignored by `open`.
    public let session: LockSessionID
    /// The number of the command in its session, from one; ignored by those that may come twice.
    public let sequence: UInt64
    /// What is asked.
    public let body: Body
  }

  /// What reads the service.
  public enum Query: Hashable, Sendable {
    /// Who holds a lock.
    case lock(LockName)
    /// What an entry holds.
    case entry(EntryName)
    /// What the entries of a range hold.
    case entries(ClosedRange<EntryName>)
  }

  /// What the service answers.
  public enum Response: Hashable, Sendable {
    /// A session is open.
    case opened(LockSessionID)
    /// The session lives.
    case alive
    /// The session ended at its client's intent.
    case closed
    /// There is no such session any more.
    case sessionExpired
    /// The lock is held with this token.
    case granted(LockName, FencingToken)
    /// The lock is held by somebody else; the grant will be an event after this revision.
    case queued(Revision)
    /// The lock was given back, or was not the client's to give.
    case released(Bool)
    /// Nobody holds the lock.
    case free
    /// What the entry holds, and how often it was written.
    case entry(value: Int64, version: UInt64)
    /// What some entries hold, and the last event before.
    case entries([EntryState], Revision)
    /// There is no such entry.
    case absent
    /// The entry has another version than expected.
    case mismatch(version: UInt64)
  }

  /// Something that watchers learn; the nth event has revision n.
  public enum Event: Hashable, Sendable {
    /// A session got a lock with a token.
    case granted(LockName, LockSessionID, FencingToken)
    /// A lock was given back.
    case released(LockName)
    /// A session was not kept alive.
    case expired(LockSessionID)
    /// An entry was written.
    case written(EntryState)
    /// An ephemeral entry disappeared with its session.
    case deleted(EntryName)
  }
}

extension LockService.Command: BinaryCodable {
  /// Reads a command.
  public init(from reader: inout ByteReader) throws(DecodingFailure) {
    session = try LockSessionID(from: &reader)
    sequence = try reader.readNumber()
    switch try reader.readByte() {
    case 1: body = .open(try Nanoseconds(from: &reader))
    case 2: body = .keepAlive(try Nanoseconds(from: &reader))
    case 3: body = .expire(epoch: try reader.readNumber())
    case 4: body = .close
    case 5: body = .acquire(try LockName(from: &reader))
    case 6: body = .release(try LockName(from: &reader), try FencingToken(from: &reader))
    case 7: body = .put(try EntryWrite(from: &reader))
    default: throw reader.failure("a command of a lock service")
    }
  }
}

extension EntryWrite: BinaryCodable, Visitable {
  /// Shows every field.
  public func visitFields(_ visitor: inout some FieldVisitor) {
    visitor.visit(name)
    visitor.visit(signed: value)
    visitor.visit(expected)
    visitor.visit(isEphemeral)
  }

  /// Reads a write.
  public init(from reader: inout ByteReader) throws(DecodingFailure) {
    self.init(
      name: try EntryName(from: &reader), value: try reader.readSigned(),
      expected: try reader.readOptional(UInt64.self),
      isEphemeral: try reader.readFlag())
  }
}

extension LockService.Command: Visitable, CustomStringConvertible {
  /// Shows every field.
  public func visitFields(_ visitor: inout some FieldVisitor) {
    visitor.visit(session)
    visitor.visit(sequence)
    switch body {
    case .open(let span):
      visitor.visit(case: 1)
      visitor.visit(span)
    case .keepAlive(let span):
      visitor.visit(case: 2)
      visitor.visit(span)
    case .expire(let epoch):
      visitor.visit(case: 3)
      visitor.visit(epoch)
    case .close: visitor.visit(case: 4)
    case .acquire(let name):
      visitor.visit(case: 5)
      visitor.visit(name)
    case .release(let name, let token):
      visitor.visit(case: 6)
      visitor.visit(name)
      visitor.visit(token)
    case .put(let write):
      visitor.visit(case: 7)
      visitor.visit(write)
    }
  }

  /// The command in words.
  public var description: String {
    let name = "session \(session)"
    return switch body {
    case .open(let span): "open a session of \(span.inWords)"
    case .keepAlive: "keep \(name) alive"
    case .expire: "expire \(name)"
    case .close: "close \(name)"
    case .acquire(let lock): "acquire lock/\(lock) for \(name)"
    case .put(let write): "write entry \(write.name.number) = \(write.value)"
    case .release(let lock, let token): "release lock/\(lock) with token \(token) for \(name)"
    }
  }
}

extension EntryState: Visitable {
  /// Shows every field.
  public func visitFields(_ visitor: inout some FieldVisitor) {
    visitor.visit(name)
    visitor.visit(signed: value)
    visitor.visit(version)
  }
}

extension LockService.Query: Visitable, CustomStringConvertible {
  /// Shows every field.
  public func visitFields(_ visitor: inout some FieldVisitor) {
    switch self {
    case .lock(let name):
      visitor.visit(case: 1)
      visitor.visit(name)
    case .entry(let name):
      visitor.visit(case: 2)
      visitor.visit(name)
    case .entries(let range):
      visitor.visit(case: 3)
      visitor.visit(range.lowerBound)
      visitor.visit(range.upperBound)
    }
  }

  /// The query in words.
  public var description: String {
    switch self {
    case .lock(let name): "who holds lock/\(name)"
    case .entry(let name): "read entry \(name.number)"
    case .entries(let range):
      "read entries \(range.lowerBound.number) to \(range.upperBound.number)"
    }
  }
}

extension LockService.Response: Visitable, CustomStringConvertible {
  /// Shows every field.
  public func visitFields(_ visitor: inout some FieldVisitor) {
    switch self {
    case .opened(let session):
      visitor.visit(case: 1)
      visitor.visit(session)
    case .alive: visitor.visit(case: 2)
    case .closed: visitor.visit(case: 3)
    case .sessionExpired: visitor.visit(case: 4)
    case .granted(let lock, let token):
      visitor.visit(case: 5)
      visitor.visit(lock)
      visitor.visit(token)
    case .queued(let revision):
      visitor.visit(case: 6)
      visitor.visit(revision)
    case .released(let isDone):
      visitor.visit(case: 7)
      visitor.visit(isDone)
    case .free: visitor.visit(case: 8)
    case .entry(let value, let version):
      visitor.visit(case: 9)
      visitor.visit(signed: value)
      visitor.visit(version)
    case .entries(let entries, let revision):
      visitor.visit(case: 10)
      visitor.visit(entries)
      visitor.visit(revision)
    case .absent: visitor.visit(case: 11)
    case .mismatch(let version):
      visitor.visit(case: 12)
      visitor.visit(version)
    }
  }

  /// The response in words.
  public var description: String {
    switch self {
    case .opened(let session): "session \(session) is open"
    case .alive: "the session lives"
    case .closed: "the session is closed"
    case .sessionExpired: "the session has expired"
    case .granted(let lock, let token): "lock/\(lock) is yours with token \(token)"
    case .queued(let revision): "queued, watch from revision \(revision)"
    case .released(let isDone): isDone ? "released" : "not yours to release"
    case .free: "nobody"
    case .entry(let value, let version): "\(value), version \(version)"
    case .entries(let entries, _): "\(entries.count) entries"
    case .absent: "no such entry"
    case .mismatch(let version): "version \(version) and not the expected one"
    }
  }
}

extension LockService.Event: Visitable, CustomStringConvertible {
  /// Shows every field.
  public func visitFields(_ visitor: inout some FieldVisitor) {
    switch self {
    case .granted(let lock, let session, let token):
      visitor.visit(case: 1)
      visitor.visit(lock)
      visitor.visit(session)
      visitor.visit(token)
    case .released(let lock):
      visitor.visit(case: 2)
      visitor.visit(lock)
    case .expired(let session):
      visitor.visit(case: 3)
      visitor.visit(session)
    case .written(let entry):
      visitor.visit(case: 4)
      visitor.visit(entry)
    case .deleted(let name):
      visitor.visit(case: 5)
      visitor.visit(name)
    }
  }

  /// The event as a sentence that knows whom and what it speaks of.
  var sentence: Sentence {
    switch self {
    case .granted(let lock, let session, let token):
      // Known by its token: of the session only its beginning and its end matter.
      "lock/\(lock) went to session \(session.number) with token \(token)"
    case .released(let lock): "lock/\(lock) was released"
    case .expired(let session): "session \(session) expired"
    case .written(let entry):
      "entry \(entry.name.number) is \(entry.value), version \(entry.version)"
    case .deleted(let name): "entry \(name.number) is gone"
    }
  }

  /// The event in words.
  public var description: String { sentence.text }
}

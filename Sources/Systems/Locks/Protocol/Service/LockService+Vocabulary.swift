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
  /// Writes the command.
  public func encode(into writer: inout ByteWriter) {
    writer.write(session.number)
    writer.write(sequence)
    let (tag, first, second) = body.numbers
    writer.write(byte: tag)
    writer.write(first)
    writer.write(second)
    if case .put(let write) = body { writer.write(signed: write.value) }
  }

  /// Reads a command.
  public init(from reader: inout ByteReader) throws(DecodingFailure) {
    session = LockSessionID(try reader.readNumber())
    sequence = try reader.readNumber()
    let tag = try reader.readByte()
    let (first, second) = (try reader.readNumber(), try reader.readNumber())
    switch tag {
    case 1: body = .open(Nanoseconds(Int64(truncatingIfNeeded: first)))
    case 2: body = .keepAlive(Nanoseconds(Int64(truncatingIfNeeded: first)))
    case 3: body = .expire(epoch: first)
    case 4: body = .close
    case 5: body = .acquire(LockName(first))
    case 6: body = .release(LockName(first), FencingToken(second))
    case 7: body = .put(try EntryWrite(named: EntryName(first), second, &reader))
    default: throw reader.failure("a command of a lock service")
    }
  }
}

extension LockService.Command.Body {
  /// The kind and its arguments as numbers.
  fileprivate var numbers: (tag: UInt8, first: UInt64, second: UInt64) {
    switch self {
    case .open(let span): (1, UInt64(span.count), 0)
    case .keepAlive(let span): (2, UInt64(span.count), 0)
    case .expire(let epoch): (3, epoch, 0)
    case .close: (4, 0, 0)
    case .acquire(let name): (5, name.number, 0)
    case .release(let name, let token): (6, name.number, token.number)
    case .put(let write): (7, write.name.number, write.conditions)
    }
  }
}

extension LockService.Command: Digestible, CustomStringConvertible {
  /// Adds the command to a digest.
  public func absorb(into digest: inout Digest) {
    let (tag, first, second) = body.numbers
    digest.absorb(session.number << 8 | UInt64(tag), sequence)
    digest.absorb(first, second)
    if case .put(let write) = body { digest.absorb(UInt64(bitPattern: write.value)) }
  }

  /// The command in words.
  public var description: String {
    let name = "session \(session.number)"
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

extension EntryState: Digestible {
  /// Adds the state to a digest.
  public func absorb(into digest: inout Digest) {
    digest.absorb(name.number, version)
    digest.absorb(UInt64(bitPattern: value))
  }
}

extension LockService.Query: Digestible, CustomStringConvertible {
  /// Adds the query to a digest.
  public func absorb(into digest: inout Digest) {
    switch self {
    case .lock(let name): digest.absorb(1, name.number)
    case .entry(let name): digest.absorb(2, name.number)
    case .entries(let range):
      digest.absorb(range.lowerBound.number << 2 | 3, range.upperBound.number)
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

extension LockService.Response: Digestible, CustomStringConvertible {
  /// Adds the response to a digest.
  public func absorb(into digest: inout Digest) {
    switch self {
    case .opened(let session): digest.absorb(1, session.number)
    case .alive: digest.absorb(2)
    case .closed: digest.absorb(3)
    case .sessionExpired: digest.absorb(4)
    case .granted(let lock, let token): digest.absorb(lock.number << 8 | 5, token.number)
    case .queued(let revision): digest.absorb(6, revision.number)
    case .released(let isDone): digest.absorb(isDone ? 7 : 8)
    case .free: digest.absorb(9)
    case .entry(let value, let version): digest.absorb(version << 8 | 10, UInt64(bitPattern: value))
    case .entries(let entries, let revision):
      digest.absorb(13, revision.number)
      for entry in entries { digest.absorb(entry) }
    case .absent: digest.absorb(11)
    case .mismatch(let version): digest.absorb(12, version)
    }
  }

  /// The response in words.
  public var description: String {
    switch self {
    case .opened(let session): "session \(session.number) is open"
    case .alive: "the session lives"
    case .closed: "the session is closed"
    case .sessionExpired: "the session has expired"
    case .granted(let lock, let token): "lock/\(lock) is yours with token \(token)"
    case .queued(let revision): "queued, watch from revision \(revision.number)"
    case .released(let isDone): isDone ? "released" : "not yours to release"
    case .free: "nobody"
    case .entry(let value, let version): "\(value), version \(version)"
    case .entries(let entries, _): "\(entries.count) entries"
    case .absent: "no such entry"
    case .mismatch(let version): "version \(version) and not the expected one"
    }
  }
}

extension LockService.Event: Digestible, CustomStringConvertible {
  /// Adds the event to a digest.
  public func absorb(into digest: inout Digest) {
    switch self {
    case .granted(let lock, let session, let token):
      digest.absorb(lock.number << 40 | session.number << 8 | 1, token.number)
    case .released(let lock): digest.absorb(lock.number << 8 | 2)
    case .expired(let session): digest.absorb(session.number << 8 | 3)
    case .written(let entry):
      digest.absorb(4)
      digest.absorb(entry)
    case .deleted(let name): digest.absorb(name.number << 8 | 5)
    }
  }

  /// The event in words.
  public var description: String {
    switch self {
    case .granted(let lock, let session, let token):
      "lock/\(lock) went to session \(session.number) with token \(token)"
    case .released(let lock): "lock/\(lock) was released"
    case .expired(let session): "session \(session.number) expired"
    case .written(let entry):
      "entry \(entry.name.number) is \(entry.value), version \(entry.version)"
    case .deleted(let name): "entry \(name.number) is gone"
    }
  }
}

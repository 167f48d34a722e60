public import Determinism
public import ProtocolKit

/// One entry of the replicated log.
public struct LogEntry<Application: ReplicatedApplication>: Sendable {
  /// What an entry asks for.
  public enum Payload: Sendable {
    /// Nothing: a new leader's first entry, which lets it commit those of earlier terms.
    case noop
    /// Open a session for a client.
    case openSession
    /// Carry out a client's command once.
    case command(SessionID, sequence: UInt64, Application.Command)
  }

  /// The term in which a leader created the entry.
  public let term: Term
  /// What it asks for.
  public let payload: Payload
}

/// A server's copy of the replicated log, with the journal record that holds each entry.
public struct RaftLog<Application: ReplicatedApplication>: Sendable {
  private struct Slot: Sendable {
    let entry: LogEntry<Application>
    let position: JournalPosition
  }

  private var slots: ChunkedLog<Slot> = []

  /// Creates an empty log.
  init() {}

  /// The index of the last entry; zero when there is none.
  public var lastIndex: LogIndex { LogIndex(slots.count) }

  /// The term of the last entry; zero when there is none.
  public var lastTerm: Term { term(at: lastIndex) ?? .zero }

  /// The entry at an index from one up to the last; others trap.
  public subscript(index: LogIndex) -> LogEntry<Application> { slots[index.number - 1].entry }

  /// The term of the entry at an index: zero at index zero, nil behind the last entry.
  @inline(__always)
  public func term(at index: LogIndex) -> Term? {
    guard index.number > 0 else { return .zero }
    return index <= lastIndex ? slots[index.number - 1].entry.term : nil
  }

  /// The journal record that holds the entry at an index from one up to the last.
  @inline(__always)
  public func position(at index: LogIndex) -> JournalPosition {
    slots[index.number - 1].position
  }

  /// Adds an entry that was written to a journal record.
  mutating func append(_ entry: LogEntry<Application>, at position: JournalPosition) {
    slots.append(Slot(entry: entry, position: position))
  }

  /// Forgets every entry from an index on.
  mutating func truncate(from index: LogIndex) {
    slots.truncate(to: index.number - 1)
  }

  /// At most `count` entries from an index on.
  func entries(from index: LogIndex, atMost count: Int) -> [LogEntry<Application>] {
    let end = min(slots.count, index.number - 1 + count)
    guard index.number - 1 < end else { return [] }
    return (index.number - 1..<end).map { slots[$0].entry }
  }

  /// The first index that has the same term as the given one, scanning backwards.
  func firstIndex(ofTermAt index: LogIndex) -> LogIndex {
    var first = index
    while first > LogIndex(1), term(at: first.previous) == term(at: index) {
      first = first.previous
    }
    return first
  }

  /// The last index at or below a bound whose entry has this term, or nil.
  func lastIndex(of wanted: Term, atMost bound: LogIndex) -> LogIndex? {
    var index = min(bound, lastIndex)
    while index > .zero, let term = term(at: index), term > wanted { index = index.previous }
    return index > .zero && term(at: index) == wanted ? index : nil
  }
}

extension LogEntry: Visitable, CustomStringConvertible {
  /// Shows every field.
  public func visitFields(_ visitor: inout some FieldVisitor) {
    visitor.visit(term)
    switch payload {
    case .noop: visitor.visit(case: 1)
    case .openSession: visitor.visit(case: 2)
    case .command(let session, let sequence, let command):
      visitor.visit(case: 3)
      visitor.visit(session)
      visitor.visit(sequence)
      visitor.visit(command)
    }
  }

  /// The entry in words.
  public var description: String {
    switch payload {
    case .noop: "no-op"
    case .openSession: "open session"
    case .command(_, _, let command): "\(command)"
    }
  }
}

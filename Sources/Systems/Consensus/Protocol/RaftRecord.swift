public import Determinism
import ProtocolKit

/// What a server writes to its journal.
enum RaftRecord<Application: ReplicatedApplication>: BinaryCodable, Visitable {
  /// The current term, and the candidate voted for in it.
  case hardState(Term, vote: NodeID?)
  /// An entry at an index; it replaces whatever was written at this index or behind it.
  case entry(LogIndex, LogEntry<Application>)

  func visitFields(_ visitor: inout some FieldVisitor) {
    switch self {
    case .hardState(let term, let vote):
      visitor.visit(case: 1)
      visitor.visit(term)
      visitor.visit(vote)
    case .entry(let index, let entry):
      visitor.visit(case: 2)
      visitor.visit(index)
      visitor.visit(entry)
    }
  }

  init(from reader: inout ByteReader) throws(DecodingFailure) {
    switch try reader.readByte() {
    case 1:
      self = .hardState(
        try Term(from: &reader), vote: try reader.readOptional(NodeID.self))
    case 2:
      guard let index = Int(exactly: try reader.readNumber()) else {
        throw reader.failure("a log index")
      }
      self = .entry(LogIndex(index), try LogEntry(from: &reader))
    default:
      throw reader.failure("a Raft journal record")
    }
  }
}

extension LogEntry: BinaryCodable {
  /// Reads an entry.
  public init(from reader: inout ByteReader) throws(DecodingFailure) {
    term = try Term(from: &reader)
    switch try reader.readByte() {
    case 1: payload = .noop
    case 2: payload = .openSession
    case 3:
      payload = .command(
        try SessionID(from: &reader), sequence: try reader.readNumber(),
        try Application.Command(from: &reader))
    default: throw reader.failure("the payload of a log entry")
    }
  }
}

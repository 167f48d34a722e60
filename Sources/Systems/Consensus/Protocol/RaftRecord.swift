public import Determinism
import ProtocolKit

/// What a server writes to its journal.
enum RaftRecord<Application: ReplicatedApplication>: BinaryCodable {
  /// The current term, and the candidate voted for in it.
  case hardState(Term, vote: NodeID?)
  /// An entry at an index; it replaces whatever was written at this index or behind it.
  case entry(LogIndex, LogEntry<Application>)

  func encode(into writer: inout ByteWriter) {
    switch self {
    case .hardState(let term, let vote):
      writer.write(byte: 1)
      writer.write(term.number)
      writer.write(vote.map { UInt64($0.index) + 1 } ?? 0)
    case .entry(let index, let entry):
      writer.write(byte: 2)
      writer.write(UInt64(index.number))
      entry.encode(into: &writer)
    }
  }

  init(from reader: inout ByteReader) throws(DecodingFailure) {
    switch try reader.readByte() {
    case 1:
      let term = Term(try reader.readNumber())
      let vote = try reader.readNumber()
      guard vote <= UInt64(UInt16.max) + 1 else { throw reader.failure("a node") }
      self = .hardState(term, vote: vote == 0 ? nil : NodeID(Int(vote) - 1))
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
  /// Writes the entry.
  public func encode(into writer: inout ByteWriter) {
    writer.write(term.number)
    switch payload {
    case .noop: writer.write(byte: 1)
    case .openSession: writer.write(byte: 2)
    case .command(let session, let sequence, let command):
      writer.write(byte: 3)
      writer.write(session.number)
      writer.write(sequence)
      command.encode(into: &writer)
    }
  }

  /// Reads an entry.
  public init(from reader: inout ByteReader) throws(DecodingFailure) {
    term = Term(try reader.readNumber())
    switch try reader.readByte() {
    case 1: payload = .noop
    case 2: payload = .openSession
    case 3:
      let session = SessionID(try reader.readNumber())
      let sequence = try reader.readNumber()
      payload = .command(session, sequence: sequence, try Application.Command(from: &reader))
    default: throw reader.failure("the payload of a log entry")
    }
  }
}

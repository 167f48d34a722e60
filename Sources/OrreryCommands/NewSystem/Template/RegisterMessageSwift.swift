// Written by scripts/embed-example.

extension SystemTemplate {
  /// `Sources/own-system/RegisterMessage.swift` of the example.
  static let registerMessageSwift = File(
    path: "Sources/own-system/RegisterMessage.swift",
    text: #"""
      import Determinism
      import ProtocolKit
      import Workloads

      /// What servers and clients send each other.
      enum RegisterMessage: ServiceMessage {
        case request(ServiceRequest<KeyValueStore>)
        case reply(ServiceReply<KeyValueStore>)
        case append(start: Int, [Entry])
        case confirm(Int)

        var asReply: ServiceReply<KeyValueStore>? {
          if case .reply(let reply) = self { reply } else { nil }
        }

        var description: String {
          switch self {
          case .request(let request): "\(request)"
          case .reply(let reply): "\(reply)"
          case .append(let start, let entries): "entries \(start + 1) to \(start + entries.count)"
          case .confirm(let count): "has \(count) entries on disk"
          }
        }

        func visitFields(_ visitor: inout some FieldVisitor) {
          switch self {
          case .request(let request):
            visitor.visit(case: 1)
            visitor.visit(request)
          case .reply(let reply):
            visitor.visit(case: 2)
            visitor.visit(reply)
          case .append(let start, let entries):
            visitor.visit(case: 3)
            visitor.visit(start)
            visitor.visit(entries)
          case .confirm(let count):
            visitor.visit(case: 4)
            visitor.visit(count)
          }
        }
      }

      /// An entry of the log, as it is replicated and as it lies in the journal.
      enum Entry: Hashable, BinaryCodable, Visitable {
        case session
        case command(session: UInt64, sequence: UInt64, KeyValueStore.Command)

        func visitFields(_ visitor: inout some FieldVisitor) {
          switch self {
          case .session: visitor.visit(case: 1)
          case .command(let session, let sequence, let command):
            visitor.visit(case: 2)
            visitor.visit(session)
            visitor.visit(sequence)
            visitor.visit(command)
          }
        }

        init(from reader: inout ByteReader) throws(DecodingFailure) {
          switch try reader.readByte() {
          case 1: self = .session
          case 2:
            self = .command(
              session: try reader.readNumber(), sequence: try reader.readNumber(),
              try KeyValueStore.Command(from: &reader))
          default: throw reader.failure("an entry")
          }
        }
      }

      """#)
}

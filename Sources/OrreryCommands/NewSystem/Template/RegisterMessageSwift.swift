// Written by scripts/embed-example.

extension SystemTemplate {
  /// `Sources/own-system/RegisterMessage.swift` of the example.
  static let registerMessageSwift = File(
    path: "Sources/own-system/RegisterMessage.swift",
    text: #"""
      import Determinism
      import ProtocolKit

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

        func absorb(into digest: inout Digest) {
          switch self {
          case .request(let request): digest.absorb(request)
          case .reply(let reply): digest.absorb(reply)
          case .append(let start, let entries):
            digest.absorb(3, UInt64(start))
            for entry in entries { digest.absorb("\(entry)") }
          case .confirm(let count): digest.absorb(4, UInt64(count))
          }
        }
      }

      /// An entry of the log, as it is replicated and as it lies in the journal.
      enum Entry: Hashable, BinaryCodable {
        case session
        case command(session: UInt64, sequence: UInt64, KeyValueStore.Command)

        func encode(into writer: inout ByteWriter) {
          switch self {
          case .session: writer.write(byte: 0)
          case .command(let session, let sequence, let command):
            writer.write(byte: 1)
            writer.write(session)
            writer.write(sequence)
            command.encode(into: &writer)
          }
        }

        init(from reader: inout ByteReader) throws(DecodingFailure) {
          switch try reader.readByte() {
          case 0: self = .session
          case 1:
            self = .command(
              session: try reader.readNumber(), sequence: try reader.readNumber(),
              try KeyValueStore.Command(from: &reader))
          default: throw reader.failure("an entry")
          }
        }
      }

      """#)
}

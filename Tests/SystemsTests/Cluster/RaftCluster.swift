import ProtocolKit
@testable import Consensus
@testable import Locks
@testable import Workloads
import TestKit

/// Raft servers in a script.
typealias RaftCluster = ScriptedCluster<Raft<KeyValueStore>>

extension ScriptedCluster where Machine == Raft<KeyValueStore> {
  typealias Rules = RaftInvariants<KeyValueStore>

  init(
    servers: Int = 3, seed: UInt64 = 1, configure: (inout RaftConfiguration) -> Void = { _ in }
  ) throws {
    var configuration = RaftConfiguration(members: .first(servers))
    configure(&configuration)
    try self.init(configuration, members: (0..<servers).map { NodeID($0) }, seed: seed)
  }

  /// What clients were told, oldest first.
  var replies: [ServiceReply<KeyValueStore>] { outgoing.compactMap(\.message.asReply) }

  /// Asks a server for something and returns the identity of the attempt.
  mutating func ask(
    _ body: ServiceRequest<KeyValueStore>.Body, of node: NodeID
  ) throws -> RequestID {
    let id = RequestID(nextRequest())
    try hand(.request(ServiceRequest(id: id, body: body)), from: client, to: node)
    return id
  }

  /// What the client was told about an attempt, in words; nil while it waits.
  func answer(to request: RequestID) -> String? {
    replies.last { $0.id == request }?.description
  }
}

import Determinism
import Histories
import ProtocolKit
import TestKit
import Testing

@testable import Consensus
@testable import Locks
@testable import Workloads

/// The rule that spans lock servers and storages: no token works that was never granted.
@Suite struct GrantedTokensTests {
  private typealias Client = Worker<LockClient>
  private typealias Machine = Roles<LockServer, Roles<Storage<LocksMessage>, Client>>

  private let server = NodeID(0)
  private let storage = NodeID(1)
  private let client = NodeID(2)

  private var configuration: Machine.Configuration {
    let raft = RaftConfiguration(members: Membership([server]))
    let holder = LockClient.Configuration(servers: raft.members)
    let worker = Client.Configuration(
      workload: CriticalSectionWorkload(), holder: holder, storages: [storage],
      clients: Membership([client]))
    return Machine.Configuration(
      [server], play: LockServer.Configuration(raft: raft),
      others: .init([storage], play: .init(), others: worker))
  }

  private func machine(_ node: NodeID) throws -> Machine {
    try Machine(
      id: node, configuration: configuration, recovery: Recovery(records: [], incarnation: 0))
  }

  private func write(_ token: UInt64) -> LocksMessage {
    .storage(
      StorageRequest(
        id: RequestID(1), resource: LockName(0), grant: GrantID(holder: client, ordinal: 1),
        point: FencePoint(token: FencingToken(token), sequence: 1), action: .write(1)))
  }

  @Test func `a token that no server granted is a violation`() throws {
    var rule = GrantedTokens<Client>(configuration: configuration, nodeCount: 3)
    var effects = Effects<LocksMessage>(isNarrated: false)
    var machine = try machine(storage)
    try machine.receive(write(0), from: client, &effects)
    for deed in effects.observations { try rule.observe(deed, by: storage) }
    #expect(effects.observations.count == 1)
    #expect(rule.exercised == [0], "without a token there is nothing to judge")
    effects.removeAll()
    try machine.receive(write(1), from: client, &effects)
    let violation = #expect(throws: InvariantViolation.self) {
      for deed in effects.observations { try rule.observe(deed, by: storage) }
    }
    #expect(violation?.property == "token-was-granted")
    #expect(rule.exercised == [1])
  }
}

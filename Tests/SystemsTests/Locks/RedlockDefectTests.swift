import Determinism
import ProtocolKit
import TestKit
import Testing

@testable import Consensus
@testable import Locks
@testable import Workloads

/// One schedule for each known mistake with Redlock.
struct RedlockDefectTests {
  private func store(_ defects: RedlockDefects) throws -> ScriptedCluster<RedlockStore> {
    var configuration = RedlockStore.Configuration()
    configuration.defects = defects
    return try ScriptedCluster(alone: configuration)
  }

  @Test(arguments: [false, true])
  func `a store that forgot its keys answers at once`(isPlanted: Bool) throws {
    var store = try store(isPlanted ? .restartWithoutDelay : [])
    #expect(try store.set(1) == true)
    try store.restart()
    #expect(try store.set(2) == (isPlanted ? true : nil))
    store.now = .milliseconds(501)
    #expect(try store.set(3) == true)
  }

  @Test func `whoever asks deletes the key`() throws {
    #expect(
      try expect("key-belongs-to-its-value") { isPlanted in
        var store = try store(isPlanted ? .deletesAny : [])
        _ = try store.set(1)
        _ = try store.ask(2, .delete)
      })
  }

  @Test func `a key expires by the wall clock and not before`() throws {
    var store = try store([])
    #expect(try store.set(1) == true)
    store.now = .milliseconds(299)
    #expect(try store.set(2) == false)
    store.setWallClock(of: n1, to: .milliseconds(1))
    #expect(try store.set(2) == true)
  }

  @Test func `a store that syncs every key keeps it through a restart`() throws {
    var configuration = RedlockStore.Configuration()
    configuration.persistence = .always
    var store = try ScriptedCluster<RedlockStore>(alone: configuration)
    #expect(try store.set(1) == nil)
    try store.sync()
    try store.restart()
    #expect(try store.set(2) == false)
  }

  /// A client that asked five stores at zero and heard from so many of them now.
  private func client(
    _ defects: RedlockDefects, stores: Int = 5, answers: Int, at time: Nanoseconds
  ) -> LockGrant? {
    var configuration = RedlockClient.Configuration(stores: .first(stores))
    configuration.timeToLive = .milliseconds(300)
    configuration.defects = defects
    var client = RedlockClient(id: n5, configuration: configuration, incarnation: 0)
    var node = ScriptedNode<RedlockMessage>(n5, isNarrated: true)
    node.perform { client.acquire(lock, &$0) }
    node.now = time
    for place in 0..<answers {
      node.perform { effects in
        _ = client.receive(.stored(RequestID(1), isDone: true), from: NodeID(place), &effects)
      }
    }
    return client.grant
  }

  @Test func `the validity is what is left after the attempt and the allowance for drift`() {
    let grant = client([], answers: 3, at: .milliseconds(100))
    // One per cent of 300 ms and 2 ms are set aside, and a nanosecond of rounding.
    #expect(grant?.lease.end.nanoseconds == 294_999_999)
    #expect(client([], answers: 3, at: .milliseconds(296)) == nil)
  }

  @Test(arguments: [false, true])
  func `a validity that ignores the time of the attempt ends too late`(isPlanted: Bool) {
    let grant = client(
      isPlanted ? .ignoresElapsed : [], answers: 3, at: .milliseconds(100))
    #expect((grant.map { $0.lease.end.nanoseconds > 300_000_000 } ?? false) == isPlanted)
  }

  @Test(arguments: [false, true])
  func `half of the stores give the lock away twice`(isPlanted: Bool) {
    let grant = client(
      isPlanted ? .halfIsEnough : [], stores: 4, answers: 2, at: .milliseconds(1))
    #expect((grant != nil) == isPlanted)
  }
}

extension ScriptedCluster where Machine == RedlockStore {
  /// Asks for the key for 300 ms; nil if no answer came.
  mutating func set(_ value: UInt64) throws -> Bool? {
    try ask(value, .set(timeToLive: .milliseconds(300)))
  }

  mutating func ask(_ value: UInt64, _ action: StoreRequest.Action) throws -> Bool? {
    let before = outgoing.count
    let request = StoreRequest(
      id: RequestID(value), lock: lock, value: LockValue(value), action: action)
    try receive(.store(request), from: n5)
    guard outgoing.count > before, case .stored(_, let isDone) = outgoing[before].message else {
      return nil
    }
    return isDone
  }
}

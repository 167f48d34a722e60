import Determinism
import ProtocolKit
import TestKit
import Testing

@testable import Consensus
@testable import Locks
@testable import Workloads

/// One schedule for each known bug of fenced storages.
struct StorageDefectTests {
  private typealias Machine = Storage<LocksMessage>

  private func storage(_ defect: StorageDefects, _ isPlanted: Bool) throws -> ScriptedCluster<
    Machine
  > {
    var configuration = Machine.Configuration()
    configuration.defects = isPlanted ? defect : []
    return try ScriptedCluster(alone: configuration)
  }

  @Test func `a storage without fencing lets the earlier holder write`() throws {
    #expect(
      try expect("mutual-exclusion-at-resource") { isPlanted in
        var storage = try storage(.noFencing, isPlanted)
        try storage.ask(.read, holder: n4, token: 33)
        try storage.ask(.read, holder: n5, token: 34)
        try storage.ask(.write(1), holder: n5, token: 34, sequence: 2)
        try storage.ask(.write(1), holder: n4, token: 33, sequence: 2)
      })
  }

  @Test func `a token in memory is forgotten by a restart`() throws {
    #expect(
      try expect("mutual-exclusion-at-resource") { isPlanted in
        var storage = try storage(.tokenNotPersisted, isPlanted)
        try storage.ask(.read, holder: n4, token: 33)
        try storage.ask(.read, holder: n5, token: 34)
        try storage.restart()
        try storage.ask(.write(1), holder: n4, token: 33, sequence: 2)
      })
  }

  @Test func `a later holder comes between check and write`() throws {
    #expect(
      try expect("mutual-exclusion-at-resource") { isPlanted in
        var storage = try storage(.checkNotAtomic, isPlanted)
        try storage.ask(.read, holder: n4, token: 33)
        try storage.ask(.write(1), holder: n4, token: 33, sequence: 2, syncs: false)
        try storage.ask(.read, holder: n5, token: 34, syncs: false)
        try storage.sync()
        try storage.sync()
      })
  }

  @Test func `a read that shows no token lets an earlier holder write behind it`() throws {
    #expect(
      try expect("mutual-exclusion-at-resource") { isPlanted in
        var storage = try storage(.ignoresReads, isPlanted)
        try storage.ask(.read, holder: n4, token: 33)
        try storage.ask(.read, holder: n5, token: 34)
        try storage.ask(.write(1), holder: n4, token: 33, sequence: 2)
      })
  }

  @Test func `a mark that goes back is noticed`() throws {
    var rules = StorageInvariants<LocksMessage>(configuration: .init(), nodeCount: 8)
    var first = try storage([], false)
    try first.ask(.read, holder: n4, token: 34, syncs: false)
    for deed in first.deeds { rules.observe(deed, by: n1) }
    try rules.observe(first.machine, at: n1, synced: JournalPosition(9))
    var second = try storage(.noFencing, true)
    try second.ask(.read, holder: n4, token: 33, syncs: false)
    for deed in second.deeds { rules.observe(deed, by: n1) }
    #expect(throws: InvariantViolation.self) {
      try rules.observe(second.machine, at: n1, synced: JournalPosition(9))
    }
  }
}

/// How fenced storages compare tokens.
struct StorageTests {
  private func storage(
    _ fencing: Storage<LocksMessage>.Fencing
  ) throws -> ScriptedCluster<Storage<LocksMessage>> {
    var configuration = Storage<LocksMessage>.Configuration()
    configuration.fencing = fencing
    return try ScriptedCluster(alone: configuration)
  }

  @Test func `a strict storage carries a repeated write out once and answers it twice`() throws {
    var storage = try storage(.strict)
    try storage.ask(.write(1), holder: n4, token: 1, sequence: 1)
    try storage.ask(.write(1), holder: n4, token: 1, sequence: 1)
    #expect(storage.answers.map(\.body) == [.written, .written])
    #expect(storage.machine.resources[LockName(0)]?.mark.sequence == 1)
  }

  @Test func `a strict storage refuses a holder's own delayed write`() throws {
    var storage = try storage(.strict)
    try storage.ask(.write(2), holder: n4, token: 1, sequence: 2)
    try storage.ask(.write(1), holder: n4, token: 1, sequence: 1)
    #expect(storage.machine.resources[LockName(0)]?.value == 2)
  }

  @Test func `an at-least storage lets a holder's own delayed write in`() throws {
    var storage = try storage(.atLeast)
    try storage.ask(.write(2), holder: n4, token: 1, sequence: 2)
    try storage.ask(.write(1), holder: n4, token: 1, sequence: 1)
    #expect(storage.machine.resources[LockName(0)]?.value == 1)
  }

  @Test(arguments: [Storage<LocksMessage>.Fencing.strict, .atLeast])
  func `an older token is refused and told why`(_ fencing: Storage<LocksMessage>.Fencing) throws {
    var storage = try storage(fencing)
    try storage.ask(.read, holder: n5, token: 34)
    try storage.ask(.write(1), holder: n4, token: 33)
    let mark = FencePoint(token: FencingToken(34), sequence: 1)
    #expect(storage.answers.last?.body == .fenced(by: mark))
  }

  @Test func `no answer leaves before its record is on the disk`() throws {
    var storage = try storage(.strict)
    try storage.ask(.write(1), holder: n4, token: 1, syncs: false)
    #expect(storage.answers.isEmpty)
    try storage.sync()
    #expect(storage.answers.map(\.body) == [.written])
  }

  @Test func `values and marks survive a restart`() throws {
    var storage = try storage(.strict)
    try storage.ask(.write(7), holder: n4, token: 3)
    try storage.restart()
    try storage.ask(.read, holder: n5, token: 2)
    try storage.ask(.read, holder: n5, token: 4)
    #expect(storage.answers.last?.body == .value(7))
    #expect(storage.answers.count == 3)
  }
}

extension ScriptedCluster where Machine == Storage<LocksMessage> {
  mutating func ask(
    _ action: StorageRequest.Action, holder: NodeID, token: UInt64, sequence: UInt64 = 1,
    syncs: Bool = true
  ) throws {
    try receive(
      .storage(
        StorageRequest(
          id: RequestID(1), resource: LockName(0),
          grant: GrantID(holder: holder, ordinal: token),
          point: FencePoint(token: FencingToken(token), sequence: sequence), action: action)),
      from: holder)
    if syncs { try sync() }
  }

  var answers: [StorageReply] { outgoing.compactMap(\.message.asStorageReply) }
}

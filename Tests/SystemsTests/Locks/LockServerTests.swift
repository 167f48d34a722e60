import Determinism
import ProtocolKit
import TestKit
import Testing

@testable import Consensus
@testable import Locks
@testable import Workloads

/// What a lock service answers, from a server that is a cluster by itself.
struct LockServerTests {
  @Test func `locks go from hand to hand in the order of asking, with growing tokens`() throws {
    var server = try ScriptedCluster.lockServer()
    let sessions = try (0..<3).map { _ in try server.open() }
    #expect(try server.ask(.acquire(lock), sessions[0], 1) == .granted(lock, FencingToken(1)))
    for session in sessions[1...] {
      guard case .queued = try server.ask(.acquire(lock), session, 1) else {
        Issue.record("not queued")
        return
      }
    }
    for (place, session) in sessions.enumerated() {
      let token = FencingToken(UInt64(place) + 1)
      #expect(server.holder == session)
      #expect(try server.ask(.release(lock, token), session, 2) == .released(true))
    }
    #expect(server.holder == nil)
  }

  @Test func `a repeated command gets the answer of the first`() throws {
    var server = try ScriptedCluster.lockServer()
    let session = try server.open()
    let token = FencingToken(1)
    #expect(try server.ask(.acquire(lock), session, 1) == .granted(lock, token))
    #expect(try server.ask(.release(lock, token), session, 2) == .released(true))
    #expect(try server.ask(.release(lock, token), session, 2) == .released(true))
    #expect(try server.ask(.acquire(lock), session, 1) == .released(true))
    #expect(server.holder == nil)
  }

  @Test func `a dead holder's lock goes to the next when its time is over, and not before`() throws
  {
    var server = try ScriptedCluster.lockServer()
    let (first, second) = (try server.open(), try server.open())
    _ = try server.ask(.acquire(lock), first, 1)
    _ = try server.ask(.acquire(lock), second, 1)
    try server.keepAlive(second, at: .milliseconds(290))
    try server.passDeadlines(at: .milliseconds(300))
    #expect(server.holder == first)
    try server.passDeadlines(at: .milliseconds(302))
    #expect(server.holder == second)
  }

  @Test func `a watcher hears what it has not seen, from any revision on`() throws {
    var server = try ScriptedCluster.lockServer()
    let session = try server.open()
    try server.receive(.watch(RequestID(7), after: Revision(0)), from: n5)
    _ = try server.ask(.acquire(lock), session, 1)
    _ = try server.ask(.release(lock, FencingToken(1)), session, 2)
    try server.receive(.watch(RequestID(8), after: Revision(1)), from: n5)
    let batches = server.outgoing.compactMap { envelope -> [LockService.Event]? in
      if case .watched(_, let events, _) = envelope.message { events } else { nil }
    }
    #expect(
      batches == [
        [.granted(lock, session, FencingToken(1))], [.released(lock)],
      ])
  }

  private func write(
    _ value: Int64, expected: UInt64?, isEphemeral: Bool = false
  ) -> EntryWrite {
    EntryWrite(
      name: EntryName(4), value: value, expected: expected, isEphemeral: isEphemeral)
  }

  @Test func `an entry is written by whoever knows its version`() throws {
    var server = try ScriptedCluster.lockServer()
    let session = try server.open()
    #expect(
      try server.ask(.put(write(5, expected: 0)), session, 1) == .entry(value: 5, version: 1))
    #expect(try server.ask(.put(write(6, expected: 0)), session, 2) == .mismatch(version: 1))
    #expect(
      try server.ask(.put(write(6, expected: 1)), session, 3) == .entry(value: 6, version: 2))
    #expect(
      try server.ask(.put(write(7, expected: nil)), session, 4) == .entry(value: 7, version: 3))
  }

  @Test func `an ephemeral entry goes with its session, and watchers learn it`() throws {
    var server = try ScriptedCluster.lockServer()
    let session = try server.open()
    _ = try server.ask(.put(write(5, expected: 0, isEphemeral: true)), session, 1)
    #expect(
      server.machine.service.answer(.entry(EntryName(4))) == .entry(value: 5, version: 1))
    try server.passDeadlines(at: .milliseconds(310))
    #expect(server.machine.service.answer(.entry(EntryName(4))) == .absent)
    #expect(server.machine.service.events.last == .deleted(EntryName(4)))
  }

  @Test func `an entry that comes again goes on counting its versions`() throws {
    var server = try ScriptedCluster.lockServer()
    let (first, second) = (try server.open(), try server.open())
    _ = try server.ask(.put(write(5, expected: 0, isEphemeral: true)), first, 1)
    try server.keepAlive(second, at: .milliseconds(250))
    try server.passDeadlines(at: .milliseconds(310))
    #expect(
      try server.ask(.put(write(6, expected: 0)), second, 1) == .entry(value: 6, version: 2))
    // Whoever wrote the first version cannot hit the second one by mistake.
    #expect(try server.ask(.put(write(7, expected: 1)), second, 2) == .mismatch(version: 2))
  }

  @Test func `a range of entries is read at one revision`() throws {
    var server = try ScriptedCluster.lockServer()
    let session = try server.open()
    for number in UInt64(1)...3 {
      let write = EntryWrite(name: EntryName(number), value: Int64(number) * 10)
      _ = try server.ask(.put(write), session, number)
    }
    #expect(
      server.machine.service.answer(.entries(EntryName(2)...EntryName(9)))
        == .entries(
          [
            EntryState(name: EntryName(2), value: 20, version: 1),
            EntryState(name: EntryName(3), value: 30, version: 1),
          ], Revision(3)))
  }

  @Test func `commands survive their bytes`() throws {
    let bodies: [LockService.Command.Body] = [
      .open(.milliseconds(300)), .keepAlive(.seconds(2)), .expire(epoch: 9), .close,
      .acquire(LockName(3)), .release(LockName(3), FencingToken(300)),
      .put(write(-5, expected: nil)), .put(write(7, expected: 0, isEphemeral: true)),
    ]
    for body in bodies {
      let command = LockService.Command(session: LockSessionID(5), sequence: 200, body: body)
      var writer = ByteWriter()
      command.encode(into: &writer)
      var reader = ByteReader(writer.bytes)
      #expect(try LockService.Command(from: &reader) == command)
      #expect(reader.isAtEnd)
    }
  }
}

let lock = LockName(0)

extension ScriptedCluster where Machine == LockServer {
  /// A server that leads itself.
  static func lockServer(_ defects: LocksDefects = []) throws -> ScriptedCluster {
    var configuration = LockServer.Configuration(raft: RaftConfiguration(members: .first(1)))
    configuration.defects = defects
    var server = try ScriptedCluster<LockServer>(alone: configuration)
    try server.lead()
    return server
  }

  mutating func lead() throws {
    try fire(.inner(.election))
    try sync()
    try sync()
  }

  /// Follows somebody for a moment and leads again, with everything applied.
  mutating func leadAgain(at time: Nanoseconds) throws {
    now = time
    let append = AppendEntries<LockService>(
      term: Term(5), previousIndex: .zero, previousTerm: .zero, entries: [], commitIndex: .zero,
      round: 1)
    try receive(.raft(.append(append)), from: n2)
    try lead()
  }

  /// Opens a session of 300 ms.
  mutating func open() throws -> LockSessionID {
    let response = try ask(.open(.milliseconds(300)), LockSessionID(0), 0)
    guard case .opened(let id) = response else { throw ScriptFailure(reason: "no session") }
    return id
  }

  @discardableResult
  mutating func ask(
    _ body: LockService.Command.Body, _ session: LockSessionID, _ sequence: UInt64,
    syncs: Bool = true
  ) throws -> LockService.Response? {
    let command = LockService.Command(session: session, sequence: sequence, body: body)
    let request = ServiceRequest<LockService>(
      id: RequestID(1), body: .command(.none, sequence: 0, command))
    try receive(.raft(.request(request)), from: n5)
    if syncs { try sync() }
    return lastResponse
  }

  mutating func keepAlive(_ session: LockSessionID, at time: Nanoseconds) throws {
    now = time
    try ask(.keepAlive(.milliseconds(300)), session, 0)
  }

  /// Lets the leader look at the deadlines.
  mutating func passDeadlines(at time: Nanoseconds) throws {
    now = time
    try fire(.own(.deadline))
    try sync()
  }

  var lastResponse: LockService.Response? {
    for envelope in outgoing.reversed() {
      if case .raft(.reply(let reply)) = envelope.message,
        case .response(let response) = reply.body
      {
        return response
      }
    }
    return nil
  }

  var holder: LockSessionID? { machine.service.locks[lock]?.holder }
}

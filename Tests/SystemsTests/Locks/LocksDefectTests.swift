import Determinism
import ProtocolKit
import TestKit
import Testing

@testable import Consensus
@testable import Locks
@testable import Workloads

/// One schedule for each known bug of the lock service: it shows with the bug, and not without.
struct ServiceDefectTests {
  /// Two sessions, of which the first holds the lock and is then given up.
  private func expired(
    _ defect: LocksDefects, _ isPlanted: Bool
  ) throws -> (server: ScriptedCluster<LockServer>, first: LockSessionID, second: LockSessionID) {
    var server = try ScriptedCluster.lockServer(isPlanted ? defect : [])
    let (first, second) = (try server.open(), try server.open())
    _ = try server.ask(.acquire(lock), first, 1)
    try server.keepAlive(second, at: .milliseconds(250))
    try server.passDeadlines(at: .milliseconds(310))
    _ = try server.ask(.acquire(lock), second, 1)
    #expect(server.holder == second)
    return (server, first, second)
  }

  @Test func `a session that expired in the queue is granted the lock`() throws {
    #expect(
      try expect("holder-has-session") { isPlanted in
        var server = try ScriptedCluster.lockServer(isPlanted ? .grantAfterExpiry : [])
        let (first, second) = (try server.open(), try server.open())
        _ = try server.ask(.acquire(lock), first, 1)
        _ = try server.ask(.acquire(lock), second, 1)
        try server.keepAlive(first, at: .milliseconds(250))
        try server.passDeadlines(at: .milliseconds(310))
        _ = try server.ask(.release(lock, FencingToken(1)), first, 2)
      })
  }

  @Test func `a token is given out twice`() throws {
    #expect(
      try expect("fencing-token-order") { isPlanted in _ = try expired(.reissuedToken, isPlanted) })
  }

  @Test(arguments: [false, true])
  func `a late keep-alive brings an expired session back`(isPlanted: Bool) throws {
    var (server, first, _) = try expired(.reviveExpired, isPlanted)
    let response = try server.ask(.keepAlive(.milliseconds(300)), first, 0)
    #expect(response == (isPlanted ? .alive : .sessionExpired))
  }

  @Test(arguments: [false, true])
  func `a late release gives the lock of somebody else away`(isPlanted: Bool) throws {
    var (server, first, second) = try expired(.releaseNotOwner, isPlanted)
    let response = try server.ask(.release(lock, FencingToken(1)), first, 2)
    #expect(response == (isPlanted ? .released(true) : .sessionExpired))
    #expect(server.holder == (isPlanted ? nil : second))
  }

  @Test(arguments: [false, true])
  func `an expiry that was decided earlier overrides a keep-alive`(isPlanted: Bool) throws {
    var server = try ScriptedCluster.lockServer(isPlanted ? .expiryRace : [])
    let session = try server.open()
    server.now = .milliseconds(299)
    try server.ask(.keepAlive(.milliseconds(300)), session, 0, syncs: false)
    try server.passDeadlines(at: .milliseconds(301))
    #expect(server.lastResponse == .alive)
    #expect((server.machine.service.sessions[session] == nil) == isPlanted)
  }

  @Test(arguments: [false, true])
  func `a new leader forgets the sessions of those who died before`(isPlanted: Bool) throws {
    var server = try ScriptedCluster.lockServer(isPlanted ? .forgetsInherited : [])
    let session = try server.open()
    try server.leadAgain(at: .milliseconds(200))
    try server.passDeadlines(at: .seconds(9))
    #expect((server.machine.service.sessions[session] != nil) == isPlanted)
  }

  @Test(arguments: [false, true])
  func `a new leader gives less than the full time`(isPlanted: Bool) throws {
    var server = try ScriptedCluster.lockServer(isPlanted ? .shortTimeAfterElection : [])
    let session = try server.open()
    try server.leadAgain(at: .milliseconds(200))
    try server.passDeadlines(at: .milliseconds(400))
    #expect((server.machine.service.sessions[session] == nil) == isPlanted)
  }
}

/// One schedule for each known bug of the service's client.
struct ClientDefectTests {
  /// A client that asked for the lock at zero and got it when its session was this old.
  private func holder(_ defects: LocksDefects, answeredAt time: Nanoseconds) -> HolderOnStrings {
    var holder = HolderOnStrings(defects)
    holder.acquire()
    holder.node.now = time
    holder.answer(.opened(LockSessionID(1)))
    holder.answer(.granted(lock, FencingToken(33)))
    return holder
  }

  @Test(arguments: [false, true])
  func `a lease counted from the answer lasts too long`(isPlanted: Bool) {
    var holder = holder(isPlanted ? .expiryFromReply : [], answeredAt: .milliseconds(200))
    #expect(holder.mayAct)
    holder.node.now = .milliseconds(320)
    #expect(holder.mayAct == isPlanted)
  }

  @Test(arguments: [false, true])
  func `a lease on a clock that is set back lasts too long`(isPlanted: Bool) {
    var holder = holder(isPlanted ? .wallClock : [], answeredAt: .milliseconds(5))
    holder.node.now = .milliseconds(320)
    holder.node.wallOffset = .milliseconds(-200)
    #expect(holder.mayAct == isPlanted)
  }

  @Test(arguments: [false, true])
  func `a lease that is looked at once is believed for ever`(isPlanted: Bool) {
    var holder = holder(isPlanted ? .checkThenAct : [], answeredAt: .milliseconds(5))
    holder.node.now = .seconds(5)
    #expect(holder.mayAct == isPlanted)
  }

  @Test(arguments: [false, true])
  func `a grant is believed whatever became of the session`(isPlanted: Bool) {
    var holder = HolderOnStrings(isPlanted ? .grantAfterExpiry : [])
    holder.acquire()
    holder.answer(.opened(LockSessionID(1)))
    holder.answer(.queued(Revision(4)))
    holder.node.now = .milliseconds(400)
    holder.tell([.granted(lock, LockSessionID(1), FencingToken(2))], upTo: Revision(5))
    #expect(holder.mayAct == isPlanted)
  }

  @Test(arguments: [false, true])
  func `a watch resumed at the present misses events`(isPlanted: Bool) {
    var holder = HolderOnStrings(isPlanted ? .watchFromPresent : [])
    holder.acquire()
    holder.answer(.opened(LockSessionID(1)))
    holder.answer(.queued(Revision(4)))
    holder.fire(.watch)
    guard case .watch(_, let after) = holder.sent.last else {
      Issue.record("no watch")
      return
    }
    #expect(after == (isPlanted ? nil : Revision(4)))
    // The service is at revision six by now, and tells what comes behind the place it was given.
    let grant = LockService.Event.granted(lock, LockSessionID(1), FencingToken(2))
    let events = [.released(lock), grant, .expired(LockSessionID(9))]
    holder.tell(after == nil ? [events[2]] : events, upTo: Revision(7))
    #expect((holder.client.grant == nil) == isPlanted)
    #expect((holder.client.missed != nil) == isPlanted)
  }

  @Test func `a lease counted from asking is over before the servers' one`() {
    var holder = holder([], answeredAt: .milliseconds(290))
    #expect(holder.mayAct)
    holder.node.now = .milliseconds(300)
    #expect(!holder.mayAct)
  }
}

/// A client of the lock service without servers: the test answers.
struct HolderOnStrings {
  private(set) var client: LockClient
  private(set) var sent: [LocksMessage] = []
  var node = ScriptedNode<LocksMessage>(n5, isNarrated: true)

  init(_ defects: LocksDefects) {
    var configuration = LockClient.Configuration(servers: .first(3))
    configuration.timeToLive = .milliseconds(300)
    configuration.defects = defects
    client = LockClient(id: n5, configuration: configuration, incarnation: 0)
  }

  var mayAct: Bool { node.peek { client.mayAct($0) } }

  mutating func acquire() { step { $0.acquire(lock, &$1) } }

  mutating func fire(_ timer: LockClient.Timer) {
    step { _ = $0.timerFired(timer, &$1) }
  }

  /// Answers the command that the client asked last.
  mutating func answer(_ response: LockService.Response) {
    guard let request = client.call?.request else { return }
    let reply = ServiceReply<LockService>(id: request, body: .response(response))
    step { _ = $0.receive(.raft(.reply(reply)), from: n1, &$1) }
  }

  mutating func tell(_ events: [LockService.Event], upTo revision: Revision) {
    guard let watch = client.watch else { return }
    step { _ = $0.receive(.watched(watch, events, upTo: revision), from: n1, &$1) }
  }

  private mutating func step(_ input: (inout LockClient, inout Effects<LocksMessage>) -> Void) {
    var client = client
    node.perform { input(&client, &$0) }
    self.client = client
    sent += node.effects.envelopes.map(\.message)
  }
}

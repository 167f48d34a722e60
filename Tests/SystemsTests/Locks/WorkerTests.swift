import Determinism
import ProtocolKit
import Testing

@testable import Locks

/// What a worker waits for: nothing outlives the section that asked for it.
struct WorkerTests {
  @Test func `a worker that lost its lock waits for nothing of that section any more`() {
    var worker = DrivenWorker()
    worker.fire(.own(.think))
    worker.hear(.granted)
    #expect(worker.timers.contains(WorkerTimer.timeout.rawValue << 1), "the read is under way")
    worker.hear(.lost)
    #expect(worker.timers == [WorkerTimer.think.rawValue << 1])
    worker.fire(.own(.think))
    #expect(worker.timers.isEmpty, "an acquire has no time limit of its own")
    #expect(worker.ends == 2, "the grant and the increment that was broken off")
  }

  @Test func `the answer to a section that is over is not taken for one of the next`() {
    var worker = DrivenWorker()
    worker.fire(.own(.think))
    worker.hear(.granted)
    let late = StorageReply(id: RequestID(1), body: .value(7))
    worker.hear(.lost)
    worker.fire(.own(.think))
    worker.hear(.granted)
    worker.receive(.storageReply(late))
    #expect(worker.machine.stage == .reading)
  }
}

/// A worker whose lock client says what the test wants.
private struct DrivenWorker {
  var machine: Worker<ScriptedHolder>
  /// The raw values of the timers that are set.
  var timers: Set<UInt64> = []
  /// How many operations have ended.
  var ends = 0
  private var operations = 0

  init() {
    machine = Worker(
      id: NodeID(0),
      configuration: Worker.Configuration(
        workload: CriticalSectionWorkload(), holder: (), storages: [NodeID(1)],
        clients: Membership([NodeID(0)])),
      recovery: Recovery(records: [], incarnation: 0, version: 1))
    step { $0.start(&$1) }
  }

  mutating func fire(_ timer: Worker<ScriptedHolder>.Timer) {
    timers.remove(timer.rawValue)
    step { $0.timerFired(timer, &$1) }
  }

  mutating func hear(_ news: LockNews) {
    machine.holder.news = news
    if news == .granted {
      let lease = Lease(end: LocalTime(nanoseconds: .max), clock: .monotonic)
      machine.holder.grant = LockGrant(lock: machine.lock, token: FencingToken(1), lease: lease)
    } else {
      machine.holder.grant = nil
    }
    receive(.stored(RequestID(0), isDone: true))
  }

  mutating func receive(_ message: RedlockMessage) {
    step { $0.receive(message, from: NodeID(1), &$1) }
  }

  private mutating func step(
    _ action: (inout Worker<ScriptedHolder>, inout Effects<RedlockMessage>) -> Void
  ) {
    var effects = Effects<RedlockMessage>(isNarrated: false)
    effects.begin(
      Effects.Circumstances(
        node: NodeID(0), now: LocalTime(nanoseconds: 0), wallClock: LocalTime(nanoseconds: 0),
        journalEnd: .start, choiceCount: 0, operationCount: operations,
        randomness: Randomness(seed: 1)))
    action(&machine, &effects)
    for request in effects.timerRequests {
      if request.delay == nil { timers.remove(request.timer) } else { timers.insert(request.timer) }
    }
    for event in effects.clientEvents {
      if case .invoke = event { operations += 1 } else { ends += 1 }
    }
  }
}

/// A lock client that brings the news it is told to bring.
private struct ScriptedHolder: LockHolder {
  typealias Message = RedlockMessage
  typealias Timer = NoTimer

  var grant: LockGrant?
  var news: LockNews?

  init(id: NodeID, configuration: Void, incarnation: Int) {}

  mutating func acquire(_ lock: LockName, _ effects: inout Effects<Message>) {}

  mutating func release(_ effects: inout Effects<Message>) {}

  func mayAct(_ effects: Effects<Message>) -> Bool { grant != nil }

  mutating func receive(
    _ message: Message, from sender: NodeID, _ effects: inout Effects<Message>
  ) -> LockNews? {
    defer { news = nil }
    return news
  }

  mutating func timerFired(_ timer: NoTimer, _ effects: inout Effects<Message>) -> LockNews? {}
}

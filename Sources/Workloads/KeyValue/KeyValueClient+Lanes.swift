import Determinism
import Histories
import ProtocolKit

/// How a lane gets from a intent to an answer.
extension KeyValueClient {
  /// Waits a random time before the next question.
  func think(_ lane: Int, _ effects: inout Effects<Message>) {
    guard lanes[lane].begun < workload.operations else { return }
    let pause = effects.choose().between(workload.thinkShortest, workload.thinkLongest)
    effects.setTimer(Timer(.think, lane: lane), after: pause)
  }

  /// Draws a intent and begins to pursue it.
  mutating func begin(_ lane: Int, _ effects: inout Effects<Message>) {
    guard lanes[lane].task == nil else { return }
    lanes[lane].begun += 1
    let intent = lanes[lane].nextIntent(workload, effects.choose())
    pursue(intent, lane, &effects)
  }

  private mutating func pursue(
    _ intent: KeyValueLane.Intent, _ lane: Int, timeouts: Int = 0, _ effects: inout Effects<Message>
  ) {
    var server = lanes[lane].favourite ?? randomServer(&effects)
    if isPinned(intent) { server = servers.wrapping(lanes[lane].client.place) }
    lanes[lane].task = KeyValueLane.Task(
      intent: intent, sequence: 0, server: server, timeouts: timeouts)
    ask(lane, &effects)
  }

  /// Sends the intent, or a request for the session that it needs first.
  mutating func ask(_ lane: Int, _ effects: inout Effects<Message>) {
    guard var task = lanes[lane].task else { return }
    let request = requests.next()
    task.request = request
    effects.setTimer(Timer(.timeout, lane: lane), after: workload.timeout)
    let body: ServiceRequest<KeyValueStore>.Body
    switch (task.intent, lanes[lane].session) {
    case (.read(let query), _):
      invoke(lane, task.intent, &effects)
      body = .query(query)
    case (.change, nil): body = .openSession
    case (.change(let command), let session?):
      if task.sequence == 0 {
        lanes[lane].sequence += 1
        task.sequence = lanes[lane].sequence
      }
      invoke(lane, task.intent, &effects)
      body = .command(session, sequence: task.sequence, command)
    }
    lanes[lane].task = task
    effects.send(.request(ServiceRequest(id: request, body: body)), to: task.server)
  }

  private mutating func invoke(
    _ lane: Int, _ intent: KeyValueLane.Intent, _ effects: inout Effects<Message>
  ) {
    if !lanes[lane].client.isBusy { lanes[lane].invoke(intent, &effects) }
  }

  /// Understands an answer.
  mutating func hear(
    _ answer: ServiceReply<KeyValueStore>.Body, _ lane: Int, _ effects: inout Effects<Message>
  ) {
    guard let task = lanes[lane].task else { return }
    switch answer {
    case .sessionOpened(let session):
      lanes[lane].session = session
      lanes[lane].sequence = 0
      lanes[lane].favourite = task.server
      lanes[lane].task?.timeouts = 0
      ask(lane, &effects)
    case .response(let response):
      lanes[lane].favourite = task.server
      learn(response, from: task.intent, lane)
      finish(lane, completion(of: response), &effects)
    case .notLeader(let hint): redirect(lane, to: hint, &effects)
    case .sessionExpired:
      lanes[lane].session = nil
      // The network may have duplicated the request, so another copy may have been in time.
      finish(lane, .info, &effects)
    }
  }

  private func completion(of response: KeyValueStore.Response) -> Completion {
    switch response {
    case .written: .ok(.none)
    case .value(let value): .ok(value.map(Value.integer) ?? .none)
    // A refusal is an answer too: the key did not hold the expected value at some instant.
    case .mismatch: .ok(.boolean(false))
    }
  }

  private mutating func learn(
    _ response: KeyValueStore.Response, from intent: KeyValueLane.Intent, _ lane: Int
  ) {
    switch (intent, response) {
    case (.read(let query), .value(let value)): lanes[lane].lastSeen[query.key] = value
    case (.change(.write(let key, let value)), .written): lanes[lane].lastSeen[key] = value
    case (.change(.compareAndSet(let key, _, let new)), .written):
      lanes[lane].lastSeen[key] = new
    case (.read, _), (.change, _): break  // Nothing shows what the key holds now.
    }
  }

  /// Asks elsewhere, at once when someone is known to lead; a pinned read does not follow.
  private mutating func redirect(
    _ lane: Int, to hint: NodeID?, _ effects: inout Effects<Message>
  ) {
    guard let task = lanes[lane].task else { return }
    if isPinned(task.intent) { return finish(lane, .fail, &effects) }
    lanes[lane].favourite = hint
    let server = hint ?? randomServer(&effects)
    lanes[lane].task?.server = server
    lanes[lane].task?.request = nil
    if hint != nil, hint != task.server { return ask(lane, &effects) }
    effects.cancelTimer(Timer(.timeout, lane: lane))
    let pause = effects.choose().between(.milliseconds(1), .milliseconds(20))
    effects.setTimer(Timer(.retry, lane: lane), after: pause)
  }

  /// Asks again or gives up, as the workload says.
  mutating func timeOut(_ lane: Int, _ effects: inout Effects<Message>) {
    guard var task = lanes[lane].task else { return }
    task.timeouts += 1
    lanes[lane].favourite = nil
    if !isPinned(task.intent) { task.server = randomServer(&effects) }
    lanes[lane].task = task
    let isOver = workload.retry != .sameIdentity || task.timeouts >= workload.attempts
    guard lanes[lane].client.isBusy, isOver else {
      effects.mark("client-retried")
      return ask(lane, &effects)
    }
    // A read has no effect, so one without an answer might as well not have happened.
    let isRead = if case .read = task.intent { true } else { false }
    let asksAnew =
      workload.retry == .newIdentity && !isRead && task.timeouts < workload.attempts
    finish(lane, isRead ? .fail : .info, thinks: !asksAnew, &effects)
    if asksAnew {
      effects.mark("client-retried")
      pursue(task.intent, lane, timeouts: task.timeouts, &effects)
    }
  }

  private mutating func finish(
    _ lane: Int, _ completion: Completion, thinks: Bool = true, _ effects: inout Effects<Message>
  ) {
    guard lanes[lane].task != nil else { return }
    lanes[lane].client.complete(completion, &effects)
    lanes[lane].task = nil
    effects.cancelTimer(Timer(.timeout, lane: lane))
    if thinks { think(lane, &effects) }
  }

  private func isPinned(_ intent: KeyValueLane.Intent) -> Bool {
    if case .read = intent { workload.readsFrom == .pinned } else { false }
  }

  private func randomServer(_ effects: inout Effects<Message>) -> NodeID {
    servers.choose(effects.choose())
  }
}

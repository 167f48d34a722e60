import Checking
import Determinism
import Histories
import ProtocolKit

@testable import Exploration
@testable import Reporting
@testable import Simulation

/// The record of a run that never happened: events as a test wants them.
struct ScriptedRun {
  private var recorder = TraceRecorder(level: .events)
  private var plan: [FaultPlan.Entry] = []
  private(set) var history = History()
  private let servers: Int
  private let clients: Int
  var detail: Sentence = ""
  var essential: EssentialOperations?
  var explanation: Explanation?
  var isAboutAll = false

  init(servers: Int = 3, clients: Int = 0) {
    self.servers = servers
    self.clients = clients
  }

  /// Adds an event at a time in milliseconds and returns its number.
  @discardableResult
  mutating func add(
    _ milliseconds: Int64, _ kind: EventKind, at node: Int, cause: UInt64 = 0,
    _ content: TraceEvent.Content = .other("?"), _ details: TraceNote...
  ) -> UInt64 {
    let number = UInt64(recorder.events.count) + 1
    recorder.record(
      TraceEvent(
        id: EventID(number), instant: .start + .milliseconds(milliseconds), kind: kind,
        node: NodeID(node - 1), cause: EventID(cause), content: content))
    for detail in details { recorder.add(detail) }
    return number
  }

  /// Adds a timer that makes a node tell something.
  @discardableResult
  mutating func timer(
    _ milliseconds: Int64, at node: Int, cause: UInt64 = 0, _ details: TraceNote...
  ) -> UInt64 {
    let number = add(milliseconds, .timer, at: node, cause: cause, .timer("tick"))
    for detail in details { recorder.add(detail) }
    return number
  }

  /// Adds the arrival of a message that an event sent.
  @discardableResult
  mutating func message(
    _ milliseconds: Int64, _ text: String = "hello", from sender: Int, to node: Int,
    sentBy cause: UInt64, _ details: TraceNote...
  ) -> UInt64 {
    let number = add(
      milliseconds, .deliver, at: node, cause: cause, .message(text, from: NodeID(sender - 1)))
    for detail in details { recorder.add(detail) }
    return number
  }

  /// Adds a fault; its end is an event of its own.
  mutating func fault(_ fault: Fault, from begin: Int64, to end: Int64) -> UInt64 {
    let lasts = Nanoseconds.milliseconds(end - begin)
    plan.append(
      FaultPlan.Entry(begins: .start + .milliseconds(begin), lasts: lasts, fault: fault))
    return add(
      begin, .faultBegins, at: 1, .fault(fault, number: plan.count - 1, lasts: lasts))
  }

  /// Ends a fault.
  @discardableResult
  mutating func end(_ milliseconds: Int64, of begin: UInt64, _ details: TraceNote...) -> UInt64 {
    let content = recorder.events[Int(begin) - 1].content
    let number = add(milliseconds, .faultEnds, at: 1, cause: begin, content)
    for detail in details { recorder.add(detail) }
    return number
  }

  /// Lets a client ask.
  mutating func ask(_ milliseconds: Int64, at node: Int, _ invocation: Invocation) -> OperationID {
    let instant = Instant.start + .milliseconds(milliseconds)
    let operation = history.invoke(invocation, at: instant)
    timer(milliseconds, at: node, .asks(operation, invocation))
    return operation
  }

  /// Lets a client learn, from the message that an event sent.
  mutating func learn(
    _ milliseconds: Int64, at node: Int, from server: Int, sentBy cause: UInt64,
    _ operation: OperationID, _ completion: Completion
  ) {
    let instant = Instant.start + .milliseconds(milliseconds)
    history.complete(operation, completion, at: instant)
    message(
      milliseconds, "answer", from: server, to: node, sentBy: cause,
      .learns(operation, history.operations[operation.position].invocation, completion))
  }

  var record: RunRecord {
    let links = LinkConditions(delay: .constant(.milliseconds(1)))
    let world = WorldConfiguration(
      cluster: ClusterShape(serverCount: servers, clientCount: clients), links: links,
      journalSync: .constant(.zero), chaos: .seconds(9), quiet: .seconds(1))
    let finding = Finding(
      scenario: "s", property: "some-rule", kind: "a rule is broken", detail: detail.text, seed: 1)
    let evidence = Evidence(
      detail: detail, instant: isAboutAll ? nil : recorder.events.last?.instant,
      rationale: "It matters.", explanation: explanation, essential: essential)
    return RunRecord(
      outcome: Outcome(
        scenario: "s", seed: 1, digest: Digest(), verdict: .invalid, properties: [],
        operations: .init(), faults: [], marks: [], events: 1, virtualTime: .zero,
        stoppedEarlyOf: nil, finding: finding),
      evidence: evidence, world: world, plan: FaultPlan(plan), history: history,
      recorder: recorder)
  }

  /// The numbers of the events that the story of this run tells.
  func slice(limit: Int = 18) -> [Int] {
    CausalSlice(of: record, limit: limit).places.map { $0 + 1 }
  }
}

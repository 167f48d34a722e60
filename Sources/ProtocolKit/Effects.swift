public import Determinism
public import Histories

/// What a machine asks for while it handles one input, and what it may know while doing so.
///
/// The simulator owns one sink and reuses it for every event. Requests of one kind are carried out
/// in the order of asking, after the handler returns.
public struct Effects<Message: WireMessage>: Sendable {
  /// A message and where it goes.
  public struct Envelope: Sendable {
    /// Where it goes.
    public let recipient: NodeID
    /// What is sent.
    public let message: Message
  }

  /// A timer that is set, moved or cancelled.
  public struct TimerRequest: Sendable {
    /// The timer's raw value.
    public let timer: UInt64
    /// How long from now on the node's monotonic clock, or nil to cancel.
    public let delay: Nanoseconds?
  }

  /// Something a client asks or learns.
  public enum ClientEvent: Sendable {
    /// The client asks.
    case invoke(Invocation)
    /// The client learns how an operation ended.
    case complete(OperationID, Completion)
  }

  /// The messages to send.
  public private(set) var envelopes: ContiguousArray<Envelope> = []
  /// The timers to set, move or cancel.
  public private(set) var timerRequests: ContiguousArray<TimerRequest> = []
  /// What to do with the journal.
  public private(set) var journalRequests: ContiguousArray<JournalRequest> = []
  /// What clients asked and learned.
  public private(set) var clientEvents: ContiguousArray<ClientEvent> = []
  /// The places in the protocol that were reached, such as `leader-elected`.
  public private(set) var marks: ContiguousArray<StaticString> = []
  /// What happened, in words, for people who read along.
  public private(set) var notes: ContiguousArray<Sentence> = []

  /// What the machine did, for rules to judge.
  public private(set) var observations: ContiguousArray<Message.Observation> = []

  /// The node's monotonic clock: never steps, but may run fast or slow.
  public private(set) var now = LocalTime(nanoseconds: 0)
  /// The node's wall clock: may be wrong by any amount.
  public private(set) var wallClock = LocalTime(nanoseconds: 0)
  /// The place behind the last record of the node's journal.
  public private(set) var journalEnd = JournalPosition.start
  /// How many choices the node has made since the world began.
  public private(set) var choiceCount: UInt64 = 0

  /// Whether anyone reads along.
  public private(set) var isNarrated: Bool
  private var randomness = Randomness(seed: 0)
  private var node = NodeID(0)
  private var nextOperation = 0

  /// Creates an empty sink; only a narrated one keeps notes.
  public init(isNarrated: Bool) {
    self.isNarrated = isNarrated
  }

  /// Sends a message; it may be lost, delayed, duplicated or overtaken.
  @inline(__always)
  public mutating func send(_ message: Message, to recipient: NodeID) {
    envelopes.append(Envelope(recipient: recipient, message: message))
  }

  /// Sets a timer, or moves it if it is set already, to fall due on the node's monotonic clock.
  @inline(__always)
  public mutating func setTimer(_ timer: some RawRepresentable<UInt64>, after delay: Nanoseconds) {
    timerRequests.append(TimerRequest(timer: timer.rawValue, delay: delay))
  }

  /// Makes sure that a timer does not fall due.
  public mutating func cancelTimer(_ timer: some RawRepresentable<UInt64>) {
    timerRequests.append(TimerRequest(timer: timer.rawValue, delay: nil))
  }

  /// Writes a record to the journal and returns its place; it is not durable before a sync.
  @discardableResult
  public mutating func append(_ record: some BinaryCodable) -> JournalPosition {
    var writer = ByteWriter()
    record.encode(into: &writer)
    journalRequests.append(.append(writer.bytes))
    journalEnd = JournalPosition(journalEnd.count + 1)
    return journalEnd
  }

  /// Asks that everything written so far survive a loss of power; `journalSynced` answers later.
  public mutating func syncJournal() {
    journalRequests.append(.sync)
  }

  /// Forgets every journal record behind a position.
  public mutating func truncateJournal(after position: JournalPosition) {
    journalRequests.append(.truncate(position))
    journalEnd = min(journalEnd, position)
  }

  /// Forgets every journal record up to a position, which a later record has made superfluous.
  public mutating func compactJournal(through position: JournalPosition) {
    journalRequests.append(.compact(position))
  }

  /// Records that a client asks for something, and returns the operation to complete later.
  public mutating func invoke(_ invocation: Invocation) -> OperationID {
    clientEvents.append(.invoke(invocation))
    nextOperation += 1
    return OperationID(nextOperation - 1)
  }

  /// Records how an operation ended for its client.
  public mutating func complete(_ operation: OperationID, _ completion: Completion) {
    clientEvents.append(.complete(operation, completion))
  }

  /// Records that the protocol reached a place worth knowing about.
  public mutating func mark(_ place: StaticString) {
    marks.append(place)
  }

  /// Tells the rules of the system what the machine does; nobody else learns of it.
  public mutating func observe(_ deed: Message.Observation) {
    observations.append(deed)
  }

  /// Tells in words what happens, if anyone reads along; costs nothing otherwise.
  @inline(__always)
  public mutating func note(_ text: @autoclosure () -> Sentence) {
    if isNarrated { notes.append(text()) }
  }

  /// A random choice of this node, keyed by the node and the number of choices it made before.
  public mutating func choose() -> Draw {
    choiceCount += 1
    return randomness.draw(.nodeChoice, UInt64(node.index), choiceCount)
  }
}

/// Machines inside machines: one with messages of its own takes part in a larger cluster.
extension Effects {
  /// Prepares the sink of an inner machine, which shares the node's clocks, journal and choices.
  @inline(__always)
  public func lend<Inner: WireMessage>(to inner: inout Effects<Inner>) {
    inner.isNarrated = isNarrated
    inner.begin(
      Effects<Inner>.Circumstances(
        node: node, now: now, wallClock: wallClock, journalEnd: journalEnd,
        choiceCount: choiceCount, operationCount: nextOperation, randomness: randomness))
  }

  /// Takes over what an inner machine asked for, with its messages wrapped, and empties its sink.
  ///
  /// Its timers come back as the inner ones of a `NestedTimer`.
  @inline(__always)
  public mutating func reclaim<Inner: WireMessage>(
    from inner: inout Effects<Inner>, wrapping wrap: (Inner) -> Message
  ) where Inner.Observation == Never {
    journalEnd = inner.journalEnd
    choiceCount = inner.choiceCount
    nextOperation = inner.nextOperation
    for envelope in inner.envelopes { send(wrap(envelope.message), to: envelope.recipient) }
    if !inner.timerRequests.isEmpty { takeTimers(from: inner) }
    if !inner.journalRequests.isEmpty { journalRequests += inner.journalRequests }
    if !inner.clientEvents.isEmpty { takeClientEvents(from: inner) }
    if !inner.marks.isEmpty { marks += inner.marks }
    if !inner.notes.isEmpty { notes += inner.notes }
    inner.removeAll()
  }

  private mutating func takeTimers<Inner: WireMessage>(from inner: Effects<Inner>) {
    for request in inner.timerRequests {
      timerRequests.append(
        TimerRequest(timer: request.timer.asInnerTimer, delay: request.delay))
    }
  }

  private mutating func takeClientEvents<Inner: WireMessage>(from inner: Effects<Inner>) {
    for event in inner.clientEvents {
      switch event {
      case .invoke(let invocation): clientEvents.append(.invoke(invocation))
      case .complete(let operation, let completion):
        clientEvents.append(.complete(operation, completion))
      }
    }
  }
}

/// The side of the sink that belongs to whoever runs the machine.
extension Effects {
  /// What a handler may know when it begins.
  public struct Circumstances: Sendable {
    /// The node that handles an input.
    public let node: NodeID
    /// Its monotonic clock.
    public let now: LocalTime
    /// Its wall clock.
    public let wallClock: LocalTime
    /// The end of its journal.
    public let journalEnd: JournalPosition
    /// The choices it has made so far.
    public let choiceCount: UInt64
    /// The number of operations in the history.
    public let operationCount: Int
    /// The source of its choices.
    public let randomness: Randomness

    /// Creates the circumstances of one input.
    public init(
      node: NodeID, now: LocalTime, wallClock: LocalTime, journalEnd: JournalPosition,
      choiceCount: UInt64, operationCount: Int, randomness: Randomness
    ) {
      self.node = node
      self.now = now
      self.wallClock = wallClock
      self.journalEnd = journalEnd
      self.choiceCount = choiceCount
      self.operationCount = operationCount
      self.randomness = randomness
    }
  }

  /// Prepares the sink for the next input.
  @inline(__always)
  public mutating func begin(_ circumstances: Circumstances) {
    node = circumstances.node
    now = circumstances.now
    wallClock = circumstances.wallClock
    journalEnd = circumstances.journalEnd
    choiceCount = circumstances.choiceCount
    nextOperation = circumstances.operationCount
    randomness = circumstances.randomness
  }

  /// Forgets all requests, keeping their storage.
  @inline(__always)
  public mutating func removeAll() {
    if !envelopes.isEmpty { envelopes.removeAll(keepingCapacity: true) }
    if !timerRequests.isEmpty { timerRequests.removeAll(keepingCapacity: true) }
    if !journalRequests.isEmpty { journalRequests.removeAll(keepingCapacity: true) }
    if !clientEvents.isEmpty { clientEvents.removeAll(keepingCapacity: true) }
    if !marks.isEmpty { marks.removeAll(keepingCapacity: true) }
    if !notes.isEmpty { notes.removeAll(keepingCapacity: true) }
    if !observations.isEmpty { observations.removeAll(keepingCapacity: true) }
  }
}

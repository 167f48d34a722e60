public import Determinism
public import Histories
public import ProtocolKit

/// A world as a value: nodes, network, disks, clocks, faults, history and digest.
///
/// `let past = world` is a snapshot. The same configuration and seed give the same events, in
/// every process and build; `digest` covers all of them.
public struct Simulator<Machine: StateMachine>: Sendable {
  /// The nodes' way of being told about each other and their parameters.
  public let machineConfiguration: Machine.Configuration
  /// Everything else that the world was made from.
  public let configuration: WorldConfiguration
  /// The faults that happen.
  public let plan: FaultPlan

  /// The instant of the last event.
  public internal(set) var now = Instant.start
  /// The number of events so far.
  public internal(set) var eventCount: UInt64 = 0
  /// The fingerprint of all events so far.
  public internal(set) var digest = Digest()
  /// What clients saw.
  public internal(set) var history = History()
  /// Who asked for each operation of the history.
  public internal(set) var askers: ContiguousArray<Asker> = []
  /// Which faults hit something.
  public internal(set) var evidence = FaultEvidence()
  /// How often each place in the protocol was reached.
  public internal(set) var marks = SortedMap<String, Int>()
  /// The record of the run.
  public internal(set) var recorder: TraceRecorder
  /// The number of operations that had been invoked when everything healed.
  public internal(set) var operationsBeforeHeal: Int?

  var randomness: Randomness
  var queue = EventQueue()
  var pending = Slab<PendingEvent<Machine.Message>>()
  var nodes: DenseMap<NodeID, SimulatedNode<Machine>>
  /// What faults make of the nodes' disks; apart from the nodes, which every event touches.
  var disks: DenseMap<NodeID, DiskConditions>
  var network: Network
  /// The messages that clogged links hold, in the order in which they would have arrived.
  var clogged: [(from: NodeID, to: NodeID, slot: Int)] = []
  /// What faults turned into that looked for the leader when they began, by their entry.
  var aimedFaults = SortedMap<Int, Fault>()
  var rules: Machine.Rules
  var effects: Effects<Machine.Message>
  var current = EventID.genesis
  /// The copies of servers that are not in place at the moment.
  var twins: [Twin] = []
  /// What waits for a process to reach a mark.
  var aims: [Aim] = []

  /// Creates the world of a seed; nothing has happened in it yet.
  public init(
    configuration: WorldConfiguration, machine: Machine.Configuration, plan: FaultPlan,
    seed: UInt64, recording: RecordingLevel = .none
  ) {
    let randomness = Randomness(seed: seed)
    self.randomness = randomness
    self.configuration = configuration
    self.plan = plan
    machineConfiguration = machine
    recorder = TraceRecorder(level: recording)
    effects = Effects(isNarrated: recording == .events)
    rules = Machine.Rules(configuration: machine, nodeCount: configuration.cluster.nodeCount)
    network = Network(
      nodeCount: configuration.cluster.nodeCount, conditions: configuration.links,
      exceptions: configuration.linkExceptions)
    disks = DenseMap(repeating: DiskConditions(), count: configuration.cluster.nodeCount)
    nodes = DenseMap(count: configuration.cluster.nodeCount) { node in
      Self.node(node, configuration, randomness)
    }
    scheduleBeginnings()
  }

  private static func node(
    _ node: NodeID, _ configuration: WorldConfiguration, _ randomness: Randomness
  ) -> SimulatedNode<Machine> {
    let draw = randomness.draw(.clock, UInt64(node.index))
    let most = configuration.wallOffsetMost
    let driftMost = Nanoseconds(configuration.driftMost)
    let isExtreme = draw.purpose(3).happens(configuration.driftExtremes)
    let isFast = draw.purpose(1).happens(.percent(50))
    let drift =
      isExtreme
      ? (isFast ? driftMost : .zero - driftMost).count
      : draw.purpose(1).between(.zero - driftMost, driftMost).count
    let offset = draw.purpose(2).between(.zero - most, most)
    return SimulatedNode(
      monotonicClock: Clock(drift: drift),
      wallClock: Clock(readingAtStart: LocalTime(nanoseconds: offset.count), drift: drift),
      disk: configuration.disk)
  }

  private mutating func scheduleBeginnings() {
    for node in nodes.keys { schedule(.start, for: node, at: .start) }
    for (number, entry) in plan.happening {
      schedule(.faultBegins(number), for: NodeID(0), at: entry.begins)
    }
    schedule(.heal, for: NodeID(0), at: configuration.healsAt)
    scheduleClockSyncs()
  }

  /// Whether the client that asked for something still runs: a new life knows nothing of it.
  public func isRunning(_ asker: Asker) -> Bool {
    nodes[asker.node].machine != nil && nodes[asker.node].process.life == asker.life
  }

  /// The machine of a node, or nil while the node is down.
  public func machine(of node: NodeID) -> Machine? { nodes[node].machine }

  /// How often each rule of the system had something to decide, in the order of its properties.
  public var exercisedRules: [Int] { rules.exercised }

  /// Lets the next event happen; returns false when there is none before the end of the run.
  ///
  /// A broken invariant throws; the world then stays as it was when the rule broke.
  @inline(__always)
  public mutating func step() throws(InvariantViolation) -> Bool {
    while let next = queue.nextInstant, next <= configuration.endsAt {
      guard let (instant, slot) = queue.popFirst() else { return false }
      let event = pending.take(slot)
      now = instant
      if !twins.isEmpty { chooseTwin(for: event) }
      if try happens(event, slot) { return true }
    }
    return false
  }

  /// Runs to the end, or until an invariant breaks or the limit on events is reached.
  public mutating func run() throws(InvariantViolation) {
    while eventCount < configuration.eventLimit, try step() {}
  }

  /// Runs on while looks at the history find nothing wrong; true if to the end.
  ///
  /// The history is looked at whenever the number of completions has doubled: that costs at most
  /// about twice the look at the end, and a run goes on at most twice as far as it must.
  public mutating func run(
    while isRight: (History) -> Bool
  ) throws(InvariantViolation) -> Bool {
    var nextLook = 64
    while eventCount < configuration.eventLimit, try step() {
      let completions = history.eventCount - history.operations.count
      guard completions >= nextLook else { continue }
      nextLook = completions * 2
      if !isRight(history) { return false }
    }
    return true
  }

  /// Runs up to the first event at or behind an instant, or until an invariant breaks.
  public mutating func run(until instant: Instant) throws(InvariantViolation) {
    while let next = queue.nextInstant, next < instant, eventCount < configuration.eventLimit {
      guard try step() else { return }
    }
  }

  /// Changes how links treat messages that are sent from now on.
  public mutating func changeLinks(_ change: (LinkConditions) -> LinkConditions) {
    network.changeConditions(change)
  }

  /// Lets all that is drawn by chance from now on be drawn anew; each number gives another future.
  ///
  /// What is planned stays: faults, and messages and timers that are under way.
  public mutating func drawAnew(_ number: UInt64) {
    randomness = Randomness(seed: randomness.draw(.future, 0, number).bits)
  }

  /// Lets rules judge the end of a run that was not cut short.
  public mutating func finish() throws(InvariantViolation) {
    try rules.observeEnd()
  }
}

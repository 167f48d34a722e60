import Determinism
public import ProtocolKit

/// What the clients of a recipe must never do, whoever looks at all of them at once.
public struct RecipeRules<Holder: Coordinator>: Invariants {
  /// The clients that are judged.
  public typealias Machine = Participant<Holder>

  private var beliefs = SortedMap<NodeID, [Belief]>()
  private var beliefCount = 0
  private var watches: WatchRules
  private let watchers: [NodeID]
  /// A version whose publisher learned of it in this very event.
  private var acknowledged: UInt64?
  private var latestInstant = Instant.start

  /// The rules of all recipes.
  public static var rules: [Rule] { [exclusivity] + WatchRules.all }

  private static var exclusivity: Rule {
    Rule(
      "exclusive-belief",
      "no two clients believe at one true instant to have what only one may have",
      because:
        "Whoever believes to lead, or to own a name, acts on it: two who do undo each other's "
        + "work.")
  }

  /// True: beliefs are about time.
  public static var watchesClocks: Bool { true }

  /// How often each rule had something to decide.
  public var exercised: [Int] { [beliefCount] + watches.exercised }

  /// Creates the observer of a cluster before its first event.
  public init(configuration: Participant<Holder>.Configuration, nodeCount: Int) {
    let workload = configuration.workload
    watches = WatchRules(bound: workload.bound)
    let clients = configuration.clients.nodes
    watchers = workload.recipe == .configWatch ? Array(clients.dropFirst(workload.publishers)) : []
  }

  /// Messages say nothing about beliefs.
  public mutating func observeSend(
    of message: Holder.Message, from sender: NodeID, to recipient: NodeID
  ) {}

  /// Judges what a watcher took over.
  public mutating func observe(
    _ deed: Holder.Message.Observation, by node: NodeID
  ) throws(InvariantViolation) {
    if let adoption = deed.asAdopted { try watches.observe(adoption, by: node) }
  }

  /// Notes what a client believes.
  public mutating func observe(
    _ participant: Participant<Holder>, at node: NodeID, synced: JournalPosition
  ) {
    beliefs[node] = participant.beliefs
    acknowledged = participant.acknowledged
  }

  /// Compares what a client believes with what the others do.
  ///
  /// Two beliefs overlap exactly if the earlier still lasts when the later begins, so it is enough to
  /// look at all others after each event of a client.
  public mutating func observeClocks(
    after node: NodeID, _ clocks: some ClockReadings
  ) throws(InvariantViolation) {
    latestInstant = clocks.instant
    if let acknowledged { watches.promise(acknowledged, at: latestInstant) }
    for own in beliefs[node] ?? [] where lasts(own, at: node, clocks) {
      for (other, others) in beliefs where other != node {
        for belief in others where belief.object == own.object {
          beliefCount += 1
          guard lasts(belief, at: other, clocks) else { continue }
          throw Self.exclusivity.broken(
            "two clients believed at the same time to have what only one may have",
            detail: "\(other) and \(node) both believe to have \(own.object)")
        }
      }
    }
  }

  /// Forgets the beliefs of a client that is gone.
  public mutating func observeCrash(of node: NodeID, journalEnd: JournalPosition) {
    beliefs[node] = nil
  }

  /// Judges whether watchers have heard of what was written long enough before the end.
  public mutating func observeEnd() throws(InvariantViolation) {
    try watches.judgeEnd(at: latestInstant, watchers: watchers)
  }

  private func lasts(_ belief: Belief, at node: NodeID, _ clocks: some ClockReadings) -> Bool {
    guard let lease = belief.lease else { return true }
    let now = lease.clock == .monotonic ? clocks.monotonic(of: node) : clocks.wall(of: node)
    return now < lease.end
  }
}

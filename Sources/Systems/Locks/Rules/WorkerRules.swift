import Determinism
public import ProtocolKit

/// What the holders of one lock must never do: believe in it at the same true instant.
///
/// A holder believes in its lock while its own clock is before the end of its lease. Two beliefs
/// overlap exactly if the earlier still lasts when the later begins, so it is enough to look at all
/// others after each event of a holder.
public struct WorkerRules<Holder: LockHolder>: Invariants {
  /// The workers that are judged.
  public typealias Machine = Worker<Holder>

  private var beliefs = SortedMap<NodeID, LockGrant>()
  private var checked = 0
  private var watched = 0

  /// The rules of holders.
  public static var rules: [Rule] { [exclusivity, WatchRules.gapless] }

  private static var exclusivity: Rule {
    Rule(
      "lease-exclusivity", "no two holders believe in leases of one lock at one true instant",
      because:
        "Whoever believes in a lease acts on it: two who do at one time both enter the section "
        + "that the lock is there to keep for one.")
  }

  /// True: beliefs are about time.
  public static var watchesClocks: Bool { true }

  /// How often two beliefs were compared.
  public var exercised: [Int] { [checked, watched] }

  /// Creates the observer of a cluster before its first event.
  public init(configuration: Worker<Holder>.Configuration, nodeCount: Int) {}

  /// Notes what a worker believes; one that gives its lock back believes nothing any more.
  public mutating func observe(
    _ worker: Worker<Holder>, at node: NodeID, synced: JournalPosition
  ) throws(InvariantViolation) {
    beliefs[node] = worker.stage == .releasing ? nil : worker.holder.grant
    watched += 1
    guard let missed = worker.holder.missed else { return }
    let (first, last) = (missed.lowerBound, missed.upperBound)
    throw WatchRules.gapless.broken(
      "a watcher missed an event",
      detail: first == last
        ? "\(node) never saw the event of revision \(first), for which it watched"
        : "\(node) never saw the events of revisions \(first) to \(last), for which it watched")
  }

  /// Compares what a worker believes with what the others do.
  public mutating func observeClocks(
    after node: NodeID, _ clocks: some ClockReadings
  ) throws(InvariantViolation) {
    guard let own = beliefs[node], isRunning(own, at: node, clocks) else { return }
    for (other, grant) in beliefs where other != node && grant.lock == own.lock {
      checked += 1
      guard isRunning(grant, at: other, clocks) else { continue }
      throw Self.exclusivity.broken(
        "two holders believed in their leases of one lock at the same time",
        detail: "\(other) and \(node) both believe to hold lock/\(own.lock)"
          + Self.titles([(other, grant), (node, own)]))
    }
  }

  /// By what rights two grants are held, for whoever follows them back to where they came from.
  private static func titles(_ grants: [(holder: NodeID, grant: LockGrant)]) -> Sentence {
    let titles =
      grants.compactMap { holder, grant in grant.title.map { "\(holder) \($0)" } }
      as [Sentence]
    guard let first = titles.first, let last = titles.last else {
      return "\(about: grants[0].grant.lock.topic)"
    }
    return ": \(first), \(last)"
  }

  /// Forgets the belief of a worker that is gone.
  public mutating func observeCrash(of node: NodeID, journalEnd: JournalPosition) {
    beliefs[node] = nil
  }

  private func isRunning(
    _ grant: LockGrant, at node: NodeID, _ clocks: some ClockReadings
  ) -> Bool {
    let now = grant.lease.clock == .monotonic ? clocks.monotonic(of: node) : clocks.wall(of: node)
    return now < grant.lease.end
  }
}

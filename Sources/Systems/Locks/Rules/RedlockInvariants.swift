import Determinism
public import ProtocolKit

/// What a store must never do, whatever its clock shows: give away a key that is not expired.
public struct RedlockInvariants: Invariants {
  /// The stores that are judged.
  public typealias Machine = RedlockStore

  private var removals = 0

  /// The rule of a store.
  public static var rules: [Rule] {
    [
      Rule(
        "key-belongs-to-its-value", "a key stays until its time is over or its owner deletes it",
        because:
          "A key stays until its own time is over or its owner deletes it: given away before, a "
          + "lock has two owners.")
    ]
  }

  /// How often a key went.
  public var exercised: [Int] { [removals] }

  /// Creates the observer of a cluster before its first event.
  public init(configuration: RedlockStore.Configuration, nodeCount: Int) {}

  /// Looks at the keys that went in an event: deleted by their owner, or expired by the store's clock.
  public mutating func observe(
    _ store: RedlockStore, at node: NodeID, synced: JournalPosition
  ) throws(InvariantViolation) {
    for removal in store.removals {
      removals += 1
      guard removal.by != removal.key.value, removal.at < removal.key.end else { continue }
      throw Self.rules[0].broken(
        "a store gave a key away that was not expired",
        detail: "\(node) removed the key of lock/\(removal.lock) "
          + "\((removal.key.end - removal.at).inWords) before its time, for somebody else")
    }
  }
}

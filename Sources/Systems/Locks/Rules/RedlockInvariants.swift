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

  /// Judges a key that went: deleted by its owner, or expired by the store's clock.
  public mutating func observe(
    _ deed: RedlockObservation, by node: NodeID
  ) throws(InvariantViolation) {
    guard case .removed(let removal) = deed else { return }
    removals += 1
    guard removal.by != removal.owner, removal.at < removal.end else { return }
    throw Self.rules[0].broken(
      "a store gave a key away that was not expired",
      detail: "\(node) removed the key of lock/\(removal.lock) "
        + "\((removal.end - removal.at).inWords) before its time, for somebody else")
  }

  /// State shows nothing that a removal does not.
  public mutating func observe(
    _ store: RedlockStore, at node: NodeID, synced: JournalPosition
  ) {}
}

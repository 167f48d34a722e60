import Determinism
public import ProtocolKit

/// What a store must never do, whatever its clock shows: give away a key that is not expired.
public struct RedlockInvariants: Invariants {
  /// The stores that are judged.
  public typealias Machine = RedlockStore

  private var removals = 0

  /// The names of the rules, as findings use them.
  public static var properties: [String] { ["key-belongs-to-its-value"] }

  /// Why it matters.
  public static func rationale(of property: String) -> String? {
    guard properties.contains(property) else { return nil }
    return
      "A key stays until its own time is over or its owner deletes it: given away before, a lock "
      + "has two owners."
  }

  /// How often a key went.
  public var exercised: [Int] { [removals] }

  /// Creates the observer of a cluster before its first event.
  public init(configuration: RedlockStore.Configuration, nodeCount: Int) {}

  /// Messages promise nothing that state does not show.
  public mutating func observeSend(
    of message: RedlockMessage, from sender: NodeID, to recipient: NodeID
  ) {}

  /// Looks at the keys that went in an event: deleted by their owner, or expired by the store's clock.
  public mutating func observe(
    _ store: RedlockStore, at node: NodeID, synced: JournalPosition
  ) throws(InvariantViolation) {
    for removal in store.removals {
      removals += 1
      guard removal.by != removal.key.value, removal.at < removal.key.end else { continue }
      throw InvariantViolation(
        property: "key-belongs-to-its-value",
        kind: "a store gave a key away that was not expired",
        detail: "\(node) removed the key of lock/\(removal.lock) "
          + "\((removal.key.end - removal.at).inWords) before its time, for somebody else")
    }
  }

  /// A store without persistence may forget.
  public mutating func observeCrash(of node: NodeID, journalEnd: JournalPosition) {}

  /// Nothing more is owed at the end.
  public mutating func observeEnd() {}
}

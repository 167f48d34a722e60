import Determinism
import ProtocolKit

/// What must hold after every event.
struct RegisterRules: Invariants {
  typealias Machine = Register

  static let rules = [
    Rule(
      "backups-follow", "a backup's log is a part of its primary's",
      because: "A backup that has what its primary has not would bring back what nobody promised.")
  ]
  private(set) var exercised = [0]
  /// The log of the primary as it was last seen.
  private var primary: [Entry] = []

  init(configuration: Register.Configuration, nodeCount: Int) {}

  mutating func observe(
    _ machine: Register, at node: NodeID, synced: JournalPosition
  ) throws(InvariantViolation) {
    if machine.isPrimary { primary = machine.log }
    guard !machine.isPrimary, let last = machine.log.last else { return }
    exercised[0] += 1
    let place = machine.log.count
    guard place > primary.count || primary[place - 1] != last else { return }
    throw Self.rules[0].broken(
      "a backup's log is no part of the primary's",
      detail: "\(node) has an entry \(place) that the primary has not")
  }
}

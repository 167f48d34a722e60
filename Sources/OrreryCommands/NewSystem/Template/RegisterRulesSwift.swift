// Written by scripts/embed-example.

extension SystemTemplate {
  /// `Sources/own-system/RegisterRules.swift` of the example.
  static let registerRulesSwift = File(
    path: "Sources/own-system/RegisterRules.swift",
    text: #"""
      import ProtocolKit

      /// What must hold after every event.
      struct RegisterRules: Invariants {
        typealias Machine = Register

        static let properties = ["backups-follow"]
        private(set) var exercised = [0]
        /// The log of the primary as it was last seen.
        private var primary: [Entry] = []

        init(configuration: Register.Configuration, nodeCount: Int) {}

        static func rationale(of property: String) -> String? {
          "A backup that has what its primary has not would bring back what nobody promised."
        }

        mutating func observe(
          _ machine: Register, at node: NodeID, synced: JournalPosition
        ) throws(InvariantViolation) {
          if machine.isPrimary { primary = machine.log }
          guard !machine.isPrimary, let last = machine.log.last else { return }
          exercised[0] += 1
          let place = machine.log.count
          guard place > primary.count || primary[place - 1] != last else { return }
          throw InvariantViolation(
            property: Self.properties[0], kind: "a backup's log is no part of the primary's",
            detail: "\(node) has an entry \(place) that the primary has not")
        }

        mutating func observeSend(of message: RegisterMessage, from sender: NodeID, to recipient: NodeID)
        {}
        mutating func observeCrash(of node: NodeID, journalEnd: JournalPosition) {}
        mutating func observeEnd() {}
      }

      """#)
}

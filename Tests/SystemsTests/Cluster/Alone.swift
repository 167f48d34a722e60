import Determinism
import ProtocolKit
@testable import Consensus
@testable import Locks
@testable import Workloads
import TestKit

/// A cluster of one machine that talks to nodes outside.
extension ScriptedCluster {
  init(alone configuration: Machine.Configuration) throws {
    try self.init(configuration, members: [n1], nodeCount: 8, isNarrated: true)
  }

  var machine: Machine { self[n1] }

  mutating func receive(_ message: Message, from sender: NodeID) throws {
    try hand(message, from: sender, to: n1)
  }

  mutating func fire(_ timer: Machine.Timer) throws { try fire(timer, at: n1) }

  mutating func sync() throws { try sync(n1) }

  /// Ends the process and starts it again from its journal.
  mutating func restart() throws {
    crash(n1)
    try restart(n1)
    try sync(n1)
  }
}

/// A script that keeps every rule without a defect and breaks one with it.
func expect(
  _ property: String, brokenWith script: (_ isPlanted: Bool) throws -> Void
) throws -> Bool {
  try script(false)
  do {
    try script(true)
    return false
  } catch let violation as InvariantViolation {
    return violation.property == property
  }
}

import Determinism
import ProtocolKit

/// What a fault can do to a world.
protocol FaultTarget {
  /// Cuts one direction of a link; cuts add up.
  mutating func cut(from: NodeID, to: NodeID)
  /// Takes back one cut.
  mutating func mend(from: NodeID, to: NodeID)
  /// Clogs one direction of a link; clogs add up.
  mutating func clog(from: NodeID, to: NodeID)
  /// Takes back one clog; what it held stays where it is.
  mutating func unclog(from: NodeID, to: NodeID)
  /// Lets go of everything that no clog holds any more.
  mutating func releaseFromClogs()
  /// Makes something be wrong with a node's disk.
  mutating func disturbDisk(of node: NodeID, _ disturbance: DiskDisturbance)
  /// Takes it back, except for damage to bytes.
  mutating func relieveDisk(of node: NodeID, _ disturbance: DiskDisturbance)
  /// Lets a copy of a server act under the same identity.
  mutating func addTwin(of node: NodeID)
  /// Takes the copy away.
  mutating func removeTwin(of node: NodeID)
  /// Kills a process, and takes the power from its machine, running or not; crashes add up.
  mutating func crash(_ node: NodeID, losingPower: Bool)
  /// Takes back one crash; the node starts if nothing else keeps it down.
  mutating func restart(_ node: NodeID) throws(InvariantViolation)
  /// Starts a node whose process ended by itself, unless a fault keeps it down.
  mutating func startAgain(_ node: NodeID) throws(InvariantViolation)
  /// Makes a process stand still.
  mutating func pause(_ node: NodeID)
  /// Lets a process run on.
  mutating func resume(_ node: NodeID)
  /// Lets something happen to processes when they reach a mark.
  mutating func arm(_ aim: Aim)
  /// Takes that back; those whom it has hit already are left alone.
  mutating func disarm(_ aim: Aim)
  /// Makes each event of a node take longer, or less long.
  mutating func slow(_ node: NodeID, by span: Nanoseconds)
  /// Empties the journal of a node that is down.
  mutating func wipeJournal(of node: NodeID)
  /// Lets a node start as this release of the protocol from now on.
  mutating func install(version: Int, on node: NodeID)
  /// Changes a node's clocks.
  mutating func changeClocks(of node: NodeID, driftBy drift: Int64, stepWallBy step: Nanoseconds)
  /// Steps a wall clock for good.
  mutating func stepWall(of node: NodeID, by step: Nanoseconds)
  /// Lets a wall clock gain or lose an amount evenly over a window.
  mutating func slewWall(of node: NodeID, by amount: Nanoseconds, over window: Nanoseconds)
  /// Stops a wall clock, perhaps the monotonic one as well; freezes add up.
  mutating func freezeClocks(of node: NodeID, includingMonotonic: Bool)
  /// Takes back one freeze.
  mutating func thawClocks(of node: NodeID, includingMonotonic: Bool)
  /// Keeps a node from synchronising, or makes its source wrong by an offset.
  mutating func spoilSync(of node: NodeID, offBy offset: Nanoseconds?)
  /// Takes that back.
  mutating func restoreSync(of node: NodeID, offBy offset: Nanoseconds?)
}

import Determinism
import ProtocolKit

/// A node as the world sees it: a machine while it is up, and what outlives the machine.
struct SimulatedNode<Machine: StateMachine>: Sendable {
  /// The machine; nil while the node is down.
  var machine: Machine?
  /// How often the node was started.
  var incarnation: UInt32 = 0
  /// What the node keeps on disk.
  var journal: VirtualJournal
  /// The timers of the running machine.
  var timers = TimerTable()
  /// How many wake-ups were queued, for their place among events of the same instant.
  var wakeUpCount: UInt64 = 0
  /// The clock that timers run on.
  var monotonicClock: Clock
  /// The clock that claims to tell the time of day.
  var wallClock: Clock
  /// How fast the clocks run without faults, and what active faults add to it.
  let ownDrift: Int64
  var faultDrift: Int64 = 0
  /// How far active faults have stepped the wall clock.
  var faultStep = Nanoseconds.zero
  /// How many choices the machine has made.
  var choiceCount: UInt64 = 0
  /// How many active faults keep the process from running.
  var pauses = 0
  /// The slots of events that wait for a paused process, in order of arrival.
  var inbox: ContiguousArray<Int> = []
  /// How many of those are messages; their number is bounded.
  var waitingMessages = 0

  init(monotonicClock: Clock, wallClock: Clock, disk: DiskModel) {
    journal = VirtualJournal(on: disk)
    self.monotonicClock = monotonicClock
    self.wallClock = wallClock
    ownDrift = monotonicClock.drift
  }

  /// Whether the process exists but does not run.
  var isPaused: Bool { pauses > 0 }
}

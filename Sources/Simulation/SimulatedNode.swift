import Determinism
import ProtocolKit

/// A node as the world sees it: a machine while it is up, and what outlives the machine.
struct SimulatedNode<Machine: StateMachine>: Sendable {
  /// The machine; nil while the node is down.
  var machine: Machine?
  /// Which release of the protocol starts here next.
  var version = 1
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
  /// What the wall clock was at the start, which the heal restores.
  let wallClockAtStart: Clock
  /// Whether anything but a plain clock fault has moved the wall clock.
  var isWallDisturbed = false
  /// How many active faults stop the wall clock, and the monotonic one.
  var wallFreezes = 0
  var monotonicFreezes = 0
  /// How often time was synchronised, and how many active faults keep that from happening.
  var syncCount: UInt64 = 0
  var syncOutages = 0
  /// How far the source that the node synchronises with is off.
  var falseSource = Nanoseconds.zero
  /// How many choices the machine has made.
  var choiceCount: UInt64 = 0
  /// How many active faults keep the process from running.
  var pauses = 0
  /// How many draws decided about a pause aimed at this node.
  var aimedDraws: UInt64 = 0
  /// How long the node takes for each event; zero unless faults make it slow.
  var serviceTime = Nanoseconds.zero
  /// The service under way, if one is, and the number of services so far.
  var isServing = false
  var serviceNumber: UInt64 = 0
  /// The slots of events that wait for a process, in order of arrival.
  var inbox: ContiguousArray<Int> = []
  /// How many of those are messages; their number is bounded.
  var waitingMessages = 0

  init(monotonicClock: Clock, wallClock: Clock, disk: DiskModel) {
    journal = VirtualJournal(on: disk)
    self.monotonicClock = monotonicClock
    self.wallClock = wallClock
    ownDrift = monotonicClock.drift
    wallClockAtStart = wallClock
  }

  /// Whether the process exists but does not run.
  var isPaused: Bool { pauses > 0 }

  /// Whether events wait in the inbox, because the process is paused or slow.
  @inline(__always)
  var isHeldUp: Bool { pauses > 0 || serviceTime > .zero }

  /// How fast clocks run that nothing stops.
  var drift: Int64 { max(ownDrift + faultDrift, Clock.slowestDrift) }
}

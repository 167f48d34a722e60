import Determinism
import ProtocolKit

/// A node as the world sees it: a machine while it is up, and what outlives the machine.
struct SimulatedNode<Machine: StateMachine>: Sendable {
  /// The machine; nil while the node is down.
  var machine: Machine?
  /// Which process runs, and whether it may.
  var process = ProcessState()
  /// What the node keeps on disk.
  var journal: VirtualJournal
  /// The timers of the running machine.
  var timers = TimerTable()
  /// What the clocks show, and what is wrong with them.
  var clocks: NodeClocks
  /// How the wall clock is kept right.
  var timeSync = TimeSyncState()
  /// How long events take.
  var service = ServiceState()
  /// What waits for the process.
  var inbox = Inbox()
  /// How many draws were made for the node.
  var draws = DrawCounts()

  init(monotonicClock: Clock, wallClock: Clock, disk: DiskModel) {
    journal = VirtualJournal(on: disk)
    clocks = NodeClocks(monotonic: monotonicClock, wall: wallClock)
  }

  /// Whether events wait in the inbox, because the process is paused or slow.
  @inline(__always)
  var isHeldUp: Bool { process.pauses > 0 || service.time > .zero }
}

/// Which process of a node runs, and whether it may.
struct ProcessState {
  /// Which release of the protocol starts next.
  var version = 1
  /// Which release started last.
  var runningVersion = 1
  /// Whether its journal was wiped since it started last.
  var isWiped = false
  /// How often the node was started; the copy of a node has a mark in it.
  var incarnation: UInt32 = 0
  /// How many active faults keep the process from being there at all.
  var downs = 0
  /// How many active faults keep the process from running.
  var pauses = 0

  /// What tells a copy's events from those of the original; no node starts so often.
  static let copyMark: UInt32 = 1 << 30

  /// How often the node was started, whichever copy this is.
  var life: UInt32 { incarnation & ~Self.copyMark }

  /// Whether the process exists but does not run.
  @inline(__always)
  var isPaused: Bool { pauses > 0 }
}

/// What the clocks of a node show, and what is wrong with them.
struct NodeClocks {
  /// The clock that timers run on.
  var monotonic: Clock
  /// The clock that claims to tell the time of day.
  var wall: Clock
  /// What the wall clock was at the start, which the heal restores.
  let wallAtStart: Clock
  /// How fast the clocks run without faults, and what active faults add to it.
  let ownDrift: Int64
  var faultDrift: Int64 = 0
  /// How far active faults have stepped the wall clock.
  var faultStep = Nanoseconds.zero
  /// Whether anything but a plain clock fault has moved the wall clock.
  var isWallDisturbed = false
  /// How many active faults stop the wall clock, and the monotonic one.
  var wallFreezes = 0
  var monotonicFreezes = 0

  init(monotonic: Clock, wall: Clock) {
    self.monotonic = monotonic
    self.wall = wall
    wallAtStart = wall
    ownDrift = monotonic.drift
  }

  /// How fast clocks run that nothing stops.
  var drift: Int64 { max(ownDrift + faultDrift, Clock.slowestDrift) }
}

/// How the wall clock of a node is kept right.
struct TimeSyncState {
  /// How often time was synchronised.
  var count: UInt64 = 0
  /// How many active faults keep that from happening.
  var outages = 0
  /// How far the source is off.
  var falseBy = Nanoseconds.zero
}

/// How long the events of a node take.
struct ServiceState {
  /// The time for each event; zero unless faults make the node slow.
  var time = Nanoseconds.zero
  /// Whether an event is being worked on.
  var isUnderWay = false
  /// The number of services so far.
  var number: UInt64 = 0
}

/// What waits for the process of a node.
struct Inbox {
  /// The slots of the events, in order of arrival.
  var slots: ContiguousArray<Int> = []
  /// How many of those are messages; their number is bounded.
  var messageCount = 0
}

/// How many draws were made for a node; each number keys the next draw.
struct DrawCounts {
  /// The choices of the machine.
  var choices: UInt64 = 0
  /// The draws that decided about something aimed at the node.
  var aims: UInt64 = 0
  /// The wake-ups that were queued, for their place among events of the same instant.
  var wakeUps: UInt64 = 0
}

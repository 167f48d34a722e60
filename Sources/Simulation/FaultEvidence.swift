/// How often faults really hit something: a fault that hit nothing proves nothing.
public struct FaultEvidence: Hashable, Sendable {
  /// Messages lost by chance.
  public var messagesLost = 0
  /// Messages that arrived twice.
  public var messagesDuplicated = 0
  /// Messages held back so that others could overtake them.
  public var messagesHeldBack = 0
  /// Messages lost because a link was cut when they were sent or when they would have arrived.
  public var messagesCut = 0
  /// Messages that a clogged link held until it was free again.
  public var messagesClogged = 0
  /// Messages that had to wait until a link of limited bandwidth was free.
  public var messagesQueued = 0
  /// Messages lost because the queue of their link was full.
  public var messagesTailDropped = 0
  /// Messages lost because they were damaged, and a checksum told or nothing could be read.
  public var messagesCorrupted = 0
  /// Messages that were damaged and delivered all the same.
  public var messagesAltered = 0
  /// Messages that found their recipient down.
  public var messagesToDownNodes = 0
  /// Messages that found the inbox of a paused process full.
  public var messagesOverflowed = 0
  /// Link directions cut.
  public var linksCut = 0
  /// Link directions clogged.
  public var linksClogged = 0
  /// Processes killed.
  public var crashes = 0
  /// Machines that lost power.
  public var powerLosses = 0
  /// Journal records lost with the power.
  public var recordsLost = 0
  /// Nodes started again.
  public var restarts = 0
  /// Processes paused.
  public var pauses = 0
  /// Timers that fell due late because of a pause.
  public var timersDelayed = 0
  /// Clocks stepped or made to drift.
  public var clockChanges = 0
  /// Disks slowed down.
  public var disksSlowed = 0
  /// Disks that stood still.
  public var disksStalled = 0
  /// Disks that ran out of room.
  public var disksFilled = 0
  /// Journal syncs that failed.
  public var syncsFailed = 0
  /// Sectors whose last content was lost with the power.
  public var sectorsLost = 0
  /// Sectors torn by a loss of power.
  public var sectorsTorn = 0
  /// Bits that turned over on a disk.
  public var bitsFlipped = 0
  /// Sectors that became unreadable.
  public var sectorsUnreadable = 0
  /// Sectors written to the wrong place.
  public var sectorsMisdirected = 0
  /// Nodes that refused a damaged journal and stay down.
  public var journalsRefused = 0
  /// Processes paused right after they reached a mark.
  public var aimedPauses = 0
  /// Events that a slow node took its time for.
  public var eventsSlowed = 0
  /// Journals wiped.
  public var journalsWiped = 0
  /// Nodes that were given another release.
  public var releasesInstalled = 0
  /// Wall clocks stepped by a step fault.
  public var clockSteps = 0
  /// Clocks that stood still.
  public var clockFreezes = 0
  /// Wall clocks slewed or smeared.
  public var clockSlews = 0
  /// Times that a wall clock was synchronised.
  public var clockSyncs = 0
  /// Synchronisations that failed or followed a false source.
  public var clockSyncsSpoilt = 0
  /// Servers that acted as two.
  public var twins = 0
  /// Messages that reached the copy of a server instead of the original.
  public var messagesToTwins = 0

  /// Creates the evidence of nothing.
  public init() {}

  /// The counts with the names that reports use, in a fixed order.
  public var counts: [(name: String, count: Int)] {
    [
      ("messages-lost", messagesLost), ("messages-duplicated", messagesDuplicated),
      ("messages-held-back", messagesHeldBack), ("messages-cut", messagesCut),
      ("messages-clogged", messagesClogged), ("messages-queued", messagesQueued),
      ("messages-tail-dropped", messagesTailDropped),
      ("messages-corrupted", messagesCorrupted), ("messages-altered", messagesAltered),
      ("messages-to-down-nodes", messagesToDownNodes),
      ("messages-overflowed", messagesOverflowed), ("links-cut", linksCut),
      ("links-clogged", linksClogged),
      ("crashes", crashes), ("power-losses", powerLosses), ("records-lost", recordsLost),
      ("restarts", restarts), ("pauses", pauses), ("timers-delayed", timersDelayed),
      ("clock-changes", clockChanges),
      ("disks-slowed", disksSlowed),
      ("disks-stalled", disksStalled),
      ("disks-filled", disksFilled),
      ("syncs-failed", syncsFailed),
      ("sectors-lost", sectorsLost),
      ("sectors-torn", sectorsTorn),
      ("bits-flipped", bitsFlipped),
      ("sectors-unreadable", sectorsUnreadable),
      ("sectors-misdirected", sectorsMisdirected),
      ("journals-refused", journalsRefused),
      ("aimed-pauses", aimedPauses),
      ("events-slowed", eventsSlowed), ("journals-wiped", journalsWiped),
      ("releases-installed", releasesInstalled), ("clock-steps", clockSteps),
      ("clock-freezes", clockFreezes), ("clock-slews", clockSlews), ("clock-syncs", clockSyncs),
      ("clock-syncs-spoilt", clockSyncsSpoilt), ("twins", twins),
      ("messages-to-twins", messagesToTwins),
    ]
  }
}

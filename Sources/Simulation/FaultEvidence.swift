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
  /// Messages that found their recipient down.
  public var messagesToDownNodes = 0
  /// Messages that found the inbox of a paused process full.
  public var messagesOverflowed = 0
  /// Link directions cut.
  public var linksCut = 0
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

  /// Creates the evidence of nothing.
  public init() {}

  /// The counts with the names that reports use, in a fixed order.
  public var counts: [(name: String, count: Int)] {
    [
      ("messages-lost", messagesLost), ("messages-duplicated", messagesDuplicated),
      ("messages-held-back", messagesHeldBack), ("messages-cut", messagesCut),
      ("messages-to-down-nodes", messagesToDownNodes),
      ("messages-overflowed", messagesOverflowed), ("links-cut", linksCut),
      ("crashes", crashes), ("power-losses", powerLosses), ("records-lost", recordsLost),
      ("restarts", restarts), ("pauses", pauses), ("timers-delayed", timersDelayed),
      ("clock-changes", clockChanges), ("aimed-pauses", aimedPauses),
      ("events-slowed", eventsSlowed), ("journals-wiped", journalsWiped),
      ("releases-installed", releasesInstalled), ("clock-steps", clockSteps),
      ("clock-freezes", clockFreezes), ("clock-slews", clockSlews), ("clock-syncs", clockSyncs),
      ("clock-syncs-spoilt", clockSyncsSpoilt),
    ]
  }
}

public import Determinism

/// Everything about a world that is not the protocol: who is there, links, disks, clocks, phases.
public struct WorldConfiguration: Hashable, Sendable {
  /// Who is there.
  public var cluster: ClusterShape
  /// How links treat messages.
  public var links: LinkConditions
  /// Links that differ.
  public var linkExceptions: [LinkException] = []
  /// How long a journal sync takes.
  public var journalSync: DelayDistribution
  /// What lies under the journals.
  public var disk = DiskModel.records
  /// How many messages wait for a paused process at the most.
  public var inboxBound = 1_000
  /// How far the wall clock of a node may be off at the start, either way.
  public var wallOffsetMost = Nanoseconds.zero
  /// How much faster or slower than true time a node's clocks may run, in parts per billion.
  public var driftMost: Int64 = 0
  /// How likely a node's clocks run as fast or as slow as they may, in place of something between.
  public var driftExtremes = Ratio.zero
  /// How wall clocks are kept close to true time; nil leaves them alone.
  public var clockSync: ClockSync?
  /// How long faults may happen; afterwards everything heals.
  public var chaos: Nanoseconds
  /// How long the healed world then runs, in which progress is owed.
  public var quiet: Nanoseconds
  /// Whether a run ends soon after what clients saw is known to be wrong.
  public var stopsEarly = false
  /// Whether the rules of the system are checked after every event.
  public var checksInvariants = true
  /// How many events a run has at the most; reaching it ends the run early and is reported.
  public var eventLimit: UInt64 = 1_000_000

  /// Creates a world in which faults last for `chaos` and calm for `quiet`.
  public init(
    cluster: ClusterShape, links: LinkConditions, journalSync: DelayDistribution,
    chaos: Nanoseconds, quiet: Nanoseconds
  ) {
    self.cluster = cluster
    self.links = links
    self.journalSync = journalSync
    self.chaos = chaos
    self.quiet = quiet
  }

  /// Whether some link may deliver damaged messages, which no protocol here promises to survive.
  public var deliversDamage: Bool {
    ([links] + linkExceptions.map(\.conditions)).contains {
      $0.isTrusting && $0.corruption.numerator > 0
    }
  }

  /// When everything heals.
  public var healsAt: Instant { .start + chaos }

  /// When the run ends.
  public var endsAt: Instant { .start + chaos + quiet }
}

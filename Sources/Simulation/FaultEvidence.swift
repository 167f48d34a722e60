/// How often faults really hit something: a fault that hit nothing proves nothing.
public struct FaultEvidence: Hashable, Sendable {
  /// What is counted, in the order that reports use.
  public enum Effect: Int, CaseIterable, Sendable {
    /// Messages lost by chance.
    case messagesLost
    /// Messages whose second copy arrived as well.
    case messagesDuplicated
    /// Messages that were held back, and arrived behind one that was sent later.
    case messagesOvertaken
    /// Messages lost because a link was cut when they were sent or when they would have arrived.
    case messagesCut
    /// Messages that a clogged link held until it was free again.
    case messagesClogged
    /// Messages that had to wait until a link of limited bandwidth was free.
    case messagesQueued
    /// Messages lost because the queue of their link was full.
    case messagesTailDropped
    /// Messages lost because they were damaged, and a checksum told or nothing could be read.
    case messagesCorrupted
    /// Messages that were damaged and delivered all the same.
    case messagesAltered
    /// Messages that found their recipient down, or in another life than their connection.
    case messagesToDownNodes
    /// Messages that found the inbox of a paused process full.
    case messagesOverflowed
    /// Link directions cut.
    case linksCut
    /// Link directions clogged.
    case linksClogged
    /// Processes killed.
    case crashes
    /// Machines that lost power.
    case powerLosses
    /// Journal records lost with the power.
    case recordsLost
    /// Nodes started again.
    case restarts
    /// Processes paused.
    case pauses
    /// Messages, timers and syncs that had to wait for a paused process.
    case eventsPaused
    /// Timers that fell due late because of a pause.
    case timersDelayed
    /// Timers that fell due at another time than by a true clock.
    case timersShifted
    /// Clocks that ran otherwise, or showed another time, because of a fault.
    case clockChanges
    /// Journal syncs that took longer on a slow disk.
    case syncsSlowed
    /// Journal syncs that waited for a disk which stood still.
    case syncsStalled
    /// Journal syncs that failed for want of room.
    case syncsWithoutRoom
    /// Journal syncs that failed otherwise.
    case syncsFailed
    /// Sectors whose last content was lost with the power.
    case sectorsLost
    /// Sectors torn by a loss of power.
    case sectorsTorn
    /// Bits that turned over on a disk.
    case bitsFlipped
    /// Sectors that became unreadable.
    case sectorsUnreadable
    /// Sectors written to the wrong place.
    case sectorsMisdirected
    /// Nodes that refused a damaged journal and stay down.
    case journalsRefused
    /// Processes paused right after they reached a mark.
    case aimedPauses
    /// Processes killed right after they reached a mark.
    case aimedCrashes
    /// Events that a slow node took its time for.
    case eventsSlowed
    /// Nodes that started again without the journal that they had.
    case journalsWiped
    /// Nodes that started as another release than before.
    case releasesInstalled
    /// Wall clocks stepped by a step fault.
    case clockSteps
    /// Clocks that stood still.
    case clockFreezes
    /// Wall clocks slewed or smeared.
    case clockSlews
    /// Times that a wall clock was synchronised.
    case clockSyncs
    /// Synchronisations that failed or followed a false source.
    case clockSyncsSpoilt
    /// Servers that acted as two.
    case twins
    /// Messages that reached the copy of a server instead of the original.
    case messagesToTwins

    /// The name that reports use: its own, in lower case with dashes.
    public var name: String {
      "\(self)".reduce(into: "") { name, letter in
        name += letter.isUppercase ? "-\(letter.lowercased())" : String(letter)
      }
    }
  }

  private var values: [Int]

  /// Creates the evidence of nothing.
  public init() {
    values = Array(repeating: 0, count: Effect.allCases.count)
  }

  /// How often something was hit.
  public subscript(effect: Effect) -> Int {
    get { values[effect.rawValue] }
    set { values[effect.rawValue] = newValue }
  }

  /// The counts with the names that reports use, in a fixed order.
  public var counts: [(name: String, count: Int)] {
    zip(Effect.allCases, values).map { ($0.name, $1) }
  }
}

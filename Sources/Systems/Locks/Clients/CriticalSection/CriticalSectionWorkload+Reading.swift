import Checking
import Determinism
import Exploration
import Histories
import Scenarios
public import SystemKit

extension CriticalSectionWorkload: ReadableWorkload {
  /// The name that scenarios use.
  public static let name = "critical-section"

  /// What can be asked about locks with tokens and the resources behind them.
  static let judges = [
    System.Judge("linearizable", "Locks are granted to one holder after the other, tokens rise."),
    noLostUpdate,
    System.Judge("no-stuck-lock", "Locks go on moving after the faults have healed."),
  ]

  /// What can be asked about the resources alone.
  static let noLostUpdate = System.Judge(
    "no-lost-update", "Each increment of a counter under a lock is there in the end.")

  /// The places that workers can reach.
  static let marks = [
    "section-done", "worker-fenced", "read-before-write", "lease-checked", "lease-overrun",
    "before-release", "storage-timeout",
  ]

  /// What waits for another worker; whether locks move on is for `no-stuck-lock` to say.
  static let waitingFunctions = ["acquire"]

  /// The judges of a lock service with tokens, in a world that is quiet for some time.
  func judges(of world: Scenario.World, timeToLive: Nanoseconds) -> [HistoryJudge] {
    let locks = HistoryJudge("linearizable", isPrefixClosed: true) {
      (history) throws(SpecificationError) in
      try Self.checkLocks(history)
    }
    let bound = timeToLive + .seconds(1)
    // Whether locks move can only be told of runs that are quiet for long enough.
    guard world.quiet >= bound else { return [locks, counterJudge] }
    let end = Instant.start + world.chaos + world.quiet
    let progress = HistoryJudge("no-stuck-lock", needsWholeRun: true) {
      checkProgress($0, until: end, within: bound)
    }
    return [locks, counterJudge, progress]
  }

  /// What is asked about the resources alone.
  var counterJudge: HistoryJudge {
    HistoryJudge(Self.noLostUpdate.name) { checkCounters($0) }
  }

  /// What scenarios can set.
  public static let options: [ConfigurationOption<CriticalSectionWorkload>] = [
    .integer("count", \.workers, in: 1...32),
    .integer("idle", \.idleWorkers, in: 0...16),
    .integer("locks", \.locks, in: 1...1_000),
    .integer("sections", \.sections, in: 1...100_000),
    .integer("increments", \.increments, in: 1...1_000),
    .span("think", shortest: \.thinkShortest, longest: \.thinkLongest),
    .span("work", shortest: \.workShortest, longest: \.workLongest),
    .duration("timeout", \.timeout),
  ]
}

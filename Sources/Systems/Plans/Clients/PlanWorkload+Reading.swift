import Exploration
public import SystemKit

extension PlanWorkload: ReadableWorkload {
  /// The name that scenarios use.
  public static let name = "plans"

  /// What is asked about histories of the record.
  static let judge = HistoryJudge(recordCurrent.name) { checkRecord($0) }

  /// What the judge promises.
  static let recordCurrent = System.Judge(
    "record-current", "The record never goes back to an older plan, and is never left empty.")

  /// The places that enactors can reach.
  static let marks = ["plan-checked", "plan-refused"]

  /// What scenarios can set.
  public static let options: [ConfigurationOption<PlanWorkload>] = [
    .integer("count", \.enactors, in: 1...32),
    .integer("idle", \.idleEnactors, in: 0...16),
    .integer("rounds", \.rounds, in: 1...100_000),
    .span("think", shortest: \.thinkShortest, longest: \.thinkLongest),
    .span("work", shortest: \.workShortest, longest: \.workLongest),
    .duration("timeout", \.timeout),
  ]
}

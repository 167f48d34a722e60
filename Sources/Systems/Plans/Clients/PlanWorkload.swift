public import ProtocolKit
public import Determinism

/// What enactors do: look for a new plan, prepare it, apply it, clean old ones away, read the record.
public struct PlanWorkload: Hashable, ValidatedConfiguration {
  /// How many enactors there are.
  public var enactors = 3
  /// How many further ones there are that do nothing.
  public var idleEnactors = 0
  /// How many rounds each enactor begins at the most.
  public var rounds = 200
  /// The shortest time between two rounds of an enactor.
  public var thinkShortest = Nanoseconds.milliseconds(1)
  /// The longest time between two rounds of an enactor.
  public var thinkLongest = Nanoseconds.milliseconds(30)
  /// The shortest time that preparing a plan takes.
  public var workShortest = Nanoseconds.milliseconds(1)
  /// The longest time that preparing a plan takes.
  public var workLongest = Nanoseconds.milliseconds(10)
  /// How long an enactor waits for an answer before it asks another server.
  public var timeout = Nanoseconds.milliseconds(100)
  /// Known bugs that are switched on.
  public var defects: PlanDefects = []

  /// Creates the default workload.
  public init() {}
}

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

/// Known bugs of enactors, as switches.
public struct PlanDefects: DefectSet {
  /// One bit for each defect.
  public let rawValue: UInt32

  /// Creates a set of defects.
  public init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// Whether a plan is new is checked when the work begins and not when the plan is applied, and the
  /// cleaner does not look at what is active.
  ///
  /// Amazon's account of the DynamoDB outage in us-east-1, October 2025.
  public static let staleApply = PlanDefects(rawValue: 1 << 0)

  /// Every defect with the name that scenarios use.
  public static let catalogue: [(slug: String, defect: PlanDefects)] = [
    ("stale-plan-apply", .staleApply)
  ]
}

public import ProtocolKit

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

public import ProtocolKit

/// Known bugs of those who use a coordination service, as switches.
public struct RecipeDefects: DefectSet {
  /// One bit for each defect.
  public let rawValue: UInt32

  /// Creates a set of defects.
  public init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// A leader never looks at its lease again and does not listen when its session ends.
  ///
  /// Apache Curator's documentation of its leader recipes warns of it: a leader must watch for the
  /// states SUSPENDED and LOST of its connection.
  public static let actsAfterExpiry = RecipeDefects(rawValue: 1 << 0)

  /// A member that tries again to enter a barrier is counted again.
  ///
  /// Apache ZooKeeper's sequential nodes: when the answer to a creation is lost, the next attempt
  /// makes another node. Curator's protection of creations exists against it.
  public static let countsRetries = RecipeDefects(rawValue: 1 << 1)

  /// A claim looks whether a name is free and then takes it without a condition.
  public static let checkThenClaim = RecipeDefects(rawValue: 1 << 2)

  /// Every defect with the name that scenarios use, in the order of introduction.
  public static let catalogue: [(slug: String, defect: RecipeDefects)] = [
    ("election-acts-after-session-expiry", .actsAfterExpiry),
    ("barrier-counts-retries", .countsRetries),
    ("unique-check-then-claim", .checkThenClaim),
  ]
}

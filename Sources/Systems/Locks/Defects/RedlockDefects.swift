public import ProtocolKit

/// Known mistakes in implementations of Redlock, as switches; all off gives it as published.
public struct RedlockDefects: DefectSet {
  /// One bit for each defect.
  public let rawValue: UInt32

  /// Creates a set of defects.
  public init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// A store that forgot its keys answers at once after a restart.
  ///
  /// Kleppmann 2016; the published algorithm asks for a delayed restart or for a sync of every key.
  public static let restartWithoutDelay = RedlockDefects(rawValue: 1 << 0)

  /// The client believes in the whole time to live, however long it took to get a majority.
  public static let ignoresElapsed = RedlockDefects(rawValue: 1 << 1)

  /// A key is deleted without comparing its value, which gives somebody else's lock away.
  public static let deletesAny = RedlockDefects(rawValue: 1 << 2)

  /// Half of the stores count as a majority.
  public static let halfIsEnough = RedlockDefects(rawValue: 1 << 3)

  /// Every defect with the name that scenarios use, in the order of introduction.
  public static let catalogue: [(slug: String, defect: RedlockDefects)] = [
    ("redlock-restart-no-delay", .restartWithoutDelay),
    ("redlock-ignores-elapsed", .ignoresElapsed),
    ("redlock-deletes-any", .deletesAny),
    ("redlock-half-is-enough", .halfIsEnough),
  ]
}

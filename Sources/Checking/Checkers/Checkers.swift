/// The checkers that can be chosen by name.
public enum Checkers {
  /// Every checker, in the order in which lists should show them.
  public static var all: [Checker] {
    orderCheckers + semanticCheckers
  }

  /// The checker with a name, or nil when there is none.
  ///
  /// Options follow the name as in `k-staleness?k=2`.
  public static func named(_ name: String) -> Checker? {
    let parts = name.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let checker = all.first { $0.name == parts[0] }
    return parts.count == 2 ? checker?.setting(parts[1]) : checker
  }
}

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
    guard var checker = all.first(where: { $0.name == parts[0] }) else { return nil }
    guard parts.count == 2 else { return checker }
    for setting in parts[1].split(separator: "&", omittingEmptySubsequences: false) {
      let pair = setting.split(separator: "=", maxSplits: 1)
      guard pair.count == 2,
        let changed = checker.setting(String(pair[0]), to: String(pair[1]))
      else { return nil }
      checker = changed
    }
    return checker
  }
}

extension Checkers {
  /// The checkers of consistency levels below linearizability.
  static var orderCheckers: [Checker] {
    [.sessions, .kStaleness, .deltaStaleness, .consistentPrefix, .convergence]
  }
}

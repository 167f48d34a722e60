extension Checkers {
  /// The checkers of consistency levels below linearizability.
  static var orderCheckers: [Checker] {
    [.causal, .sessions, .kStaleness, .deltaStaleness, .consistentPrefix, .convergence]
  }
}

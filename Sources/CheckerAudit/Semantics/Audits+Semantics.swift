extension Audits {
  /// The checkers of what an application relies on.
  static var semantics: [Audit] {
    queues + growingSets + counterChecker + snapshots + growingNumbers + effects + derivations
      + resolutions + logChecker
  }
}

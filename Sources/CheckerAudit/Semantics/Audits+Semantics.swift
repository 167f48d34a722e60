extension Audits {
  /// The checkers of what an application relies on.
  static var semantics: [Audit] {
    queues + growingSets + counters + snapshots + growingNumbers + effects + derivations
      + resolutions + logs
  }
}

extension Checkers {
  /// The checkers of what an application relies on, such as "no element is lost".
  static var semanticCheckers: [Checker] {
    [
      .queue, .totalQueue, .set, .setFull, .counter, .uniqueIDs, .bank, .longFork, .causalReverse,
      .monotonic, .log, .once, .derivedState, .resolve,
    ]
  }
}

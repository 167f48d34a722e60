/// How often a history puts each session guarantee to the test.
struct SessionCoverage {
  /// Reads of a key that their session had written before.
  private(set) var readYourWrites = 0
  /// Reads of a key of which their session had seen a write before.
  private(set) var monotonicReads = 0
  /// Writes whose session had written before.
  private(set) var monotonicWrites = 0
  /// Writes whose session had seen a write before.
  private(set) var writesFollowReads = 0

  init(_ history: SessionHistory) {
    var hasWrittenKey = [Bool](repeating: false, count: history.viewCount)
    var hasSeenKey = hasWrittenKey
    var hasWritten = [Bool](repeating: false, count: history.sessionCount)
    var hasSeen = hasWritten
    for step in history.steps {
      switch step.access.kind {
      case .write:
        if hasWritten[step.session] { monotonicWrites += 1 }
        if hasSeen[step.session] { writesFollowReads += 1 }
        hasWritten[step.session] = true
        hasWrittenKey[step.view] = true
      case .read(let write):
        if hasWrittenKey[step.view] { readYourWrites += 1 }
        if hasSeenKey[step.view] { monotonicReads += 1 }
        guard write != nil else { continue }
        hasSeen[step.session] = true
        hasSeenKey[step.view] = true
      }
    }
  }

  /// How often a guarantee is tested when these are asked for.
  ///
  /// Reads alone can contradict an order of writes, and only if they had to see something. So the
  /// two guarantees about writes show themselves only beside one about reads that is tested.
  func tests(of guarantee: SessionGuarantees, among chosen: SessionGuarantees) -> Int {
    let readsTell =
      chosen.contains(.readYourWrites) && readYourWrites > 0
      || chosen.contains(.monotonicReads) && monotonicReads > 0
    return switch guarantee {
    case .readYourWrites: readYourWrites
    case .monotonicReads: monotonicReads
    case .monotonicWrites: readsTell ? monotonicWrites : 0
    case .writesFollowReads: readsTell ? writesFollowReads : 0
    default: preconditionFailure("one guarantee at a time")
    }
  }
}

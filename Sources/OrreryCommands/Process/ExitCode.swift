/// What the process reports to its caller; the whole table, and nothing outside it.
enum ExitCode: Int32, CaseIterable {
  case clean = 0
  case violation = 1
  case inconclusive = 2
  case nondeterminism = 3
  case usage = 64
  case badInput = 65
  case internalError = 70
  case outputFailure = 74
  case interrupted = 130
  case terminated = 143

  /// What the code tells the caller, as help and manual print it.
  var meaning: String {
    switch self {
    case .clean: "checked, nothing wrong (also when a campaign's budget ends)"
    case .violation: "a property was violated, a history is invalid, or traces differ"
    case .inconclusive: "inconclusive: a checker gave up or nothing was exercised"
    case .nondeterminism: "nondeterminism: the same inputs gave a different run"
    case .usage: "the command line is wrong"
    case .badInput: "an input file is wrong, reported with line and column"
    case .internalError: "a bug in orrery itself"
    case .outputFailure: "results could not be written"
    case .interrupted: "interrupted, partial results kept"
    case .terminated: "terminated, partial results kept"
    }
  }

  /// The code for a run of several parts: the one that the caller most needs to know.
  ///
  /// A bug in the lab outranks all; nondeterminism outranks a violation, since nothing else can
  /// then be trusted; a confirmed violation outranks "unknown".
  static func worst(_ codes: some Sequence<ExitCode>) -> ExitCode {
    codes.min { $0.rank < $1.rank } ?? .clean
  }

  private var rank: Int {
    switch self {
    case .internalError: 0
    case .outputFailure: 1
    case .usage: 2
    case .badInput: 3
    case .nondeterminism: 4
    case .violation: 5
    case .interrupted: 6
    case .terminated: 7
    case .inconclusive: 8
    case .clean: 9
    }
  }
}

public import Histories
public import Simulation

/// Something that can be run with a seed: a scenario with all types erased, one call per run.
///
/// Create it where the machine's type is known: the closure then calls code that is specialised
/// for it, several times faster than what a protocol's witness would call.
public struct Experiment: Sendable {
  /// The scenario's name.
  public let name: String

  /// The places that some run of a campaign must reach.
  public let goals: [String]

  /// The names of the evidence that a campaign must show: every trouble that is configured.
  public let owedEvidence: [String]

  private let runWorld: @Sendable (UInt64, RecordingLevel, Omissions) -> RunRecord

  /// Creates an experiment from the function that runs the world of a seed and judges it.
  public init(
    name: String, goals: [String], owedEvidence: [String],
    run:
      @escaping @Sendable (_ seed: UInt64, _ recording: RecordingLevel, _ without: Omissions) ->
      RunRecord
  ) {
    self.name = name
    self.goals = goals
    self.owedEvidence = owedEvidence
    runWorld = run
  }

  /// Runs the world of a seed, without what is omitted, and judges it.
  public func run(
    seed: UInt64, recording: RecordingLevel = .none, without omissions: Omissions = Omissions()
  ) -> RunRecord {
    runWorld(seed, recording, omissions)
  }
}

/// A finished run: what it says, and what was written down.
public struct RunRecord: Sendable {
  /// What the run says about the system.
  public var outcome: Outcome
  /// What a violation rests on, if there is one.
  public let evidence: Evidence?
  /// The world as the seed made it.
  public let world: WorldConfiguration
  /// The faults that were planned.
  public let plan: FaultPlan
  /// What clients saw.
  public let history: History
  /// Digests and events, as far as they were asked for.
  public let recorder: TraceRecorder
}

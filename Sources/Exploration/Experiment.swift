public import Histories
public import Simulation

/// Something that can be run with a seed: a scenario with all types erased, one call per run.
public protocol Experiment: Sendable {
  /// The scenario's name.
  var name: String { get }

  /// The places that some run of a campaign must reach.
  var goals: [String] { get }

  /// Runs the world of a seed and judges it.
  func run(seed: UInt64, recording: RecordingLevel) -> RunRecord
}

/// A finished run: what it says, and what was written down.
public struct RunRecord: Sendable {
  /// What the run says about the system.
  public let outcome: Outcome
  /// The faults that were planned.
  public let plan: FaultPlan
  /// What clients saw.
  public let history: History
  /// Digests and events, as far as they were asked for.
  public let recorder: TraceRecorder
}

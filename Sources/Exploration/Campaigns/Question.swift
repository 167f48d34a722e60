public import Determinism

/// What a worker is asked about a run of one of its scenarios.
public struct Question: Codable, Hashable, Sendable {
  /// What is to be found out.
  public enum Matter: Codable, Hashable, Sendable {
    /// What the run says about the system, with a known bug planted in it if one is named.
    case outcome(planting: String?)
    /// The running digest after every event.
    case digests
    /// The event of a number, counted from one.
    case event(UInt64)
    /// Which troubles the violation needs from an instant on.
    case ablation(since: Instant)
  }

  /// The scenario's place among those that the worker knows.
  public let scenario: Int
  /// The seed of the run.
  public let seed: UInt64
  /// What is to be found out.
  public let matter: Matter

  /// Creates a question.
  public init(_ matter: Matter, scenario: Int, seed: UInt64) {
    self.scenario = scenario
    self.seed = seed
    self.matter = matter
  }
}

/// What a worker found out.
public enum Answer: Codable, Sendable {
  /// What the run says about the system.
  case outcome(Outcome)
  /// The running digest after every event.
  case digests([UInt64])
  /// The event, or what stands for one that the run does not have.
  case event(EventFields)
  /// Which troubles the violation needs; nil if nothing is violated.
  case ablation(Ablation?)
}

public import Determinism
import Simulation

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

/// A scenario as campaigns see it: what runs, and the known bugs that can be planted in it.
public struct ScenarioUnderTest: Sendable {
  /// What runs.
  public let experiment: Experiment
  /// The known bugs that can be planted.
  public let defects: [String]
  private let plant: @Sendable (_ defect: String) -> Experiment

  /// Creates a scenario under test; `plant` makes the experiment with one of the defects.
  public init(
    _ experiment: Experiment, defects: [String],
    plant: @escaping @Sendable (_ defect: String) -> Experiment
  ) {
    self.experiment = experiment
    self.defects = defects
    self.plant = plant
  }

  /// Runs what a question is about and answers it.
  ///
  /// Cost: one run, for an ablation up to sixty.
  public func answer(_ question: Question) -> Answer {
    let seed = question.seed
    switch question.matter {
    case .outcome(let defect):
      return .outcome((defect.map(plant) ?? experiment).run(seed: seed).outcome)
    case .digests:
      return .digests(Array(experiment.run(seed: seed, recording: .digests).recorder.digests))
    case .event(let number):
      return .event(experiment.event(number, ofSeed: seed))
    case .ablation(let since):
      let record = experiment.run(seed: seed)
      return .ablation(
        record.outcome.finding.map {
          Ablation(of: $0, in: record, of: experiment, since: since)
        })
    }
  }
}

extension Experiment {
  /// The event of a number, counted from one, of a seed's run.
  public func event(_ number: UInt64, ofSeed seed: UInt64) -> EventFields {
    let events = run(seed: seed, recording: .events).recorder.events
    let place = Int(number) - 1
    return events.indices.contains(place) ? EventFields(events[place]) : .none
  }
}

import Determinism
import Simulation

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

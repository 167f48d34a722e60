public import Exploration
public import ProtocolKit
public import Scenarios
public import Simulation
public import Text

/// A system that scenarios can put under test: what it is called, what can be asked of it, and how a
/// scenario becomes an experiment.
///
/// A file of a system holds one such value; a program registers it by naming it in a list.
public struct System: Sendable {
  /// A property about what clients saw, by the name that `check` and findings use.
  public struct Judge: Hashable, Sendable {
    /// The name.
    public let name: String
    /// What it promises, in one sentence.
    public let summary: String

    /// Declares a judge.
    public init(_ name: String, _ summary: String) {
      self.name = name
      self.summary = summary
    }
  }

  /// What some of the servers do; clients are counted by the section about them.
  public struct Role: Hashable, Sendable {
    /// The name that scenarios use.
    public let name: String
    /// How many nodes one group of the role has.
    public let size: ClosedRange<Int>
    /// How many groups there may be.
    public let groups: ClosedRange<Int>

    /// Declares a role; from zero on, a scenario may leave it out.
    public init(_ name: String, _ size: ClosedRange<Int>, groups: ClosedRange<Int> = 1...1) {
      self.name = name
      self.size = size
      self.groups = groups
    }
  }

  /// The name that scenarios use.
  public let name: String
  /// What it is, in one sentence.
  public let summary: String
  /// What its servers do, and how many of each there may be.
  public let roles: [Role]
  /// The workloads that its clients can run.
  public let workloads: [String]
  /// The known bugs that can be switched on.
  public let defects: [String]
  /// The rules that are checked after every event.
  public let rules: [Rule]
  /// What can be asked about what clients saw; a workload may have but some of them.
  public let judges: [Judge]
  /// The places that a run can reach: goals of campaigns and targets of faults.
  public let marks: [String]

  private let prepare: @Sendable (Scenario, _ defects: [String]) throws(ScenarioError) -> Experiment

  /// Declares a system of machines of one type.
  ///
  /// `setUp` reads what a scenario says about the system and its clients. It gets the names of the
  /// defects that are switched on, each known to be declared.
  public init<Machine: StateMachine>(
    _ name: String, of machine: Machine.Type = Machine.self, summary: String,
    roles: [Role] = [Role(ClusterShape.serverRole, 1...31)], workloads: [String],
    defects: [String] = [], judges: [Judge], marks: [String] = [],
    setUp:
      @escaping @Sendable (Scenario, _ defects: [String]) throws(ScenarioError) -> Setup<Machine>
  ) {
    self.name = name
    self.summary = summary
    self.roles = roles
    self.workloads = workloads
    self.defects = defects
    rules = Machine.Rules.rules
    self.judges = judges
    self.marks = marks
    prepare = { (scenario, defects) throws(ScenarioError) in
      try scenario.experiment(with: setUp(scenario, defects))
    }
  }

  /// Turns a scenario into something that runs, with known bugs planted on top of its own.
  ///
  /// Throws an error at the place in the file for every name that the system does not declare.
  public func experiment(
    for scenario: Scenario, planting planted: [String] = []
  ) throws(ScenarioError) -> Experiment {
    try scenario.system.require(roles)
    for defect in scenario.system.defects {
      _ = try defect.value.choice(of: "defect", among: defects)
    }
    let marks = marks + WorldMark.allCases.map(\.rawValue)
    for value in scenario.markReferences { _ = try value.choice(of: "mark", among: marks) }
    for value in scenario.expectedProperties {
      _ = try value.choice(of: "property", among: properties)
    }
    let defects = scenario.system.defects.map(\.name) + planted
    let fixed = try prepare(scenario, defects)
    guard !scenario.variations.isEmpty else { return fixed }
    // A value that does not fit is an error here, with its place, and not in the run of some seed. No
    // defect changes what fits.
    if planted.isEmpty {
      for variant in try scenario.variants() { _ = try prepare(variant, defects) }
      for seed in UInt64(0)..<100 { _ = try prepare(scenario.varied(for: seed), defects) }
    }
    return Experiment(varying: fixed) { [prepare] (seed) throws(ScenarioError) in
      let varied = try scenario.varied(for: seed)
      return (try prepare(varied, defects), varied.drawn)
    }
  }

  /// Every property that a finding can be about.
  private var properties: [String] {
    rules.map(\.slug) + judges.map(\.name) + [Scenario.Checks.progressName, "no-trap"]
  }
}

extension Experiment {
  /// The experiment of which every seed has a scenario of its own.
  fileprivate init(
    varying fixed: Experiment,
    _ vary: @escaping @Sendable (UInt64) throws(ScenarioError) -> (Experiment, drawn: [String])
  ) {
    self.init(name: fixed.name, goals: fixed.goals, owedEvidence: fixed.owedEvidence) {
      seed, recording, omissions in
      do throws(ScenarioError) {
        let (experiment, drawn) = try vary(seed)
        var record = experiment.run(seed: seed, recording: recording, without: omissions)
        record.outcome.drawn = drawn
        return record
      } catch {
        preconditionFailure("values that \(fixed.name) varies do not fit together: \(error)")
      }
    }
  }
}

/// What a scenario makes of a system: what its nodes are told, and what clients are asked.
public struct Setup<Machine: StateMachine>: Sendable {
  /// What every node is told.
  public var machine: Machine.Configuration
  /// What can be asked about what the clients of this scenario saw.
  public var judges: [HistoryJudge]
  /// The functions that may wait for another client however long it takes, such as `acquire`: progress
  /// does not owe them an end.
  public var waitingFunctions: [String]

  /// Creates a setup.
  public init(
    machine: Machine.Configuration, judges: [HistoryJudge], waitingFunctions: [String] = []
  ) {
    self.machine = machine
    self.judges = judges
    self.waitingFunctions = waitingFunctions
  }
}

extension System.Role: CustomStringConvertible {
  /// The name, and how many nodes a group of the role has.
  public var description: String {
    let counts = size.count == 1 ? "\(size.lowerBound)" : "\(size.lowerBound) to \(size.upperBound)"
    return groups == 1...1
      ? "\(name) (\(counts))"
      : "\(name) (\(groups.lowerBound) to \(groups.upperBound) groups of \(counts))"
  }
}

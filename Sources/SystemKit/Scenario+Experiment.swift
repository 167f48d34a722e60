public import Exploration
public import Scenarios
import Simulation
public import Text

extension Scenario {
  /// The worlds of a scenario once it is known what its nodes are told.
  public func simulation<Machine>(
    of setup: Setup<Machine>
  ) throws(ScenarioError) -> SimulationExperiment<Machine> {
    SimulationExperiment<Machine>(
      name: name, world: worldConfiguration, machine: setup.machine,
      profile: profile, script: script,
      judges: SimulationExperiment<Machine>.Judges(
        histories: try checks.judges(among: setup.judges), progress: checks.progress,
        goals: checks.goals, waitingFunctions: setup.waitingFunctions))
  }

  /// The same with all types erased, once per scenario.
  ///
  /// Runs call code that is specialised for the machine.
  func experiment<Machine>(with setup: Setup<Machine>) throws(ScenarioError) -> Experiment {
    let simulation = try simulation(of: setup)
    return Experiment(name: name, goals: checks.goals, owedEvidence: simulation.owedEvidence) {
      simulation.run(seed: $0, recording: $1, without: $2)
    }
  }

  /// The world that the scenario describes.
  private var worldConfiguration: WorldConfiguration {
    var configuration = WorldConfiguration(
      cluster: cluster, links: world.links, journalSync: world.journalSync, chaos: world.chaos,
      quiet: world.quiet)
    configuration.disk = world.disk
    configuration.linkExceptions = world.linkExceptions
    configuration.inboxBound = world.inboxBound
    configuration.wallOffsetMost = world.wallOffsetMost
    configuration.clockSync = world.clockSync
    configuration.driftMost = world.driftMost
    configuration.driftExtremes = world.driftExtremes
    configuration.eventLimit = world.eventLimit
    configuration.checksInvariants = checks.invariants
    configuration.stopsEarly = checks.stopsEarly
    return configuration
  }
}

extension Scenario.Checks {
  /// The judges that the scenario wants, of those that its system and workload have.
  func judges(among available: [HistoryJudge]) throws(ScenarioError) -> [HistoryJudge] {
    let eventual = available.filter(\.needsWholeRun)
    let immediate = available.filter { !$0.needsWholeRun }
    return try Self.choose(always, among: immediate, besides: Self.invariantsName)
      + Self.choose(eventually, among: eventual, besides: Self.progressName)
  }

  /// All that are available, or those that a list names.
  private static func choose(
    _ wanted: [StrictValue]?, among available: [HistoryJudge], besides other: String
  ) throws(ScenarioError) -> [HistoryJudge] {
    guard let wanted else { return available }
    var names: [String] = []
    for value in wanted {
      names.append(try value.choice(of: "property", among: [other] + available.map(\.property)))
    }
    return available.filter { names.contains($0.property) }
  }
}

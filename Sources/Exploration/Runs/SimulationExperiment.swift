public import Checking
import Determinism
public import Histories
public import ProtocolKit
public import Simulation

/// A question about what clients saw, by the name that reports and findings use.
public struct HistoryJudge: Sendable {
  /// The property, such as `linearizable`.
  public let property: String
  /// Whether it can be asked only about a run that came to its end.
  public let needsWholeRun: Bool
  /// Whether what is wrong with the beginning of a history is wrong with all of it.
  let isPrefixClosed: Bool
  let examine: @Sendable (History) throws(SpecificationError) -> Assessment

  /// Creates a judge.
  public init(
    _ property: String, needsWholeRun: Bool = false, isPrefixClosed: Bool = false,
    examine: @escaping @Sendable (History) throws(SpecificationError) -> Assessment
  ) {
    self.property = property
    self.needsWholeRun = needsWholeRun
    self.isPrefixClosed = isPrefixClosed
    self.examine = examine
  }
}

/// A scenario for machines of one type.
public struct SimulationExperiment<Machine: StateMachine>: Sendable {
  /// Which properties are judged besides the machine's own rules.
  public struct Judges: Sendable {
    /// What is asked about what clients saw, in this order.
    public var histories: [HistoryJudge]
    /// Whether operations must complete after the faults have healed.
    public var progress: Bool
    /// The places that some run of a campaign must reach.
    public var goals: [String]
    /// The functions that may wait for another client however long it takes.
    public var waitingFunctions: [String]

    /// Creates a bench of judges.
    public init(
      histories: [HistoryJudge], progress: Bool, goals: [String], waitingFunctions: [String] = []
    ) {
      self.waitingFunctions = waitingFunctions
      self.histories = histories
      self.progress = progress
      self.goals = goals
    }
  }

  /// The scenario's name.
  public let name: String
  let world: WorldConfiguration
  let machine: Machine.Configuration
  let profile: FaultProfile
  let script: FaultPlan
  /// What is judged besides the machine's own rules.
  public let judges: Judges

  /// Creates the experiment.
  public init(
    name: String, world: WorldConfiguration, machine: Machine.Configuration,
    profile: FaultProfile, script: FaultPlan, judges: Judges
  ) {
    self.name = name
    self.world = world
    self.machine = machine
    self.profile = profile
    self.script = script
    self.judges = judges
  }

  /// The names of the evidence that a campaign must show: every trouble that is configured.
  public var owedEvidence: [String] {
    let kinds = FaultKind.allCases.filter { kind in
      profile.entries.contains { $0.parameters.kind == kind }
        || script.entries.contains { $0.fault.kind == kind }
    }
    // Clocks that run fast or slow must move timers.
    let drifts = world.driftMost > 0 ? [FaultEvidence.Effect.timersShifted.name] : []
    return kinds.map(\.evidence) + world.links.owedEvidence + drifts
  }

  /// The world of a seed before its first event.
  public func world(
    seed: UInt64, recording: RecordingLevel, without omissions: Omissions = Omissions()
  ) -> Simulator<Machine> {
    let randomness = Randomness(seed: seed)
    var configuration = world
    if profile.isSwarm { configuration.links = world.links.swarmed(randomness) }
    var plan = profile.plan(for: world.cluster, within: world.chaos, randomness)
    plan.entries += script.entries
    return Simulator(
      configuration: omissions.applied(to: configuration), machine: machine,
      plan: omissions.applied(to: plan), seed: seed, recording: recording)
  }

  /// Runs the world of a seed, without what is omitted, and judges it.
  public func run(
    seed: UInt64, recording: RecordingLevel, without omissions: Omissions = Omissions()
  ) -> RunRecord {
    var world = world(seed: seed, recording: recording, without: omissions)
    var violation: InvariantViolation?
    var isWhole = true
    do throws(InvariantViolation) {
      try turn(&world, by: omissions)
      let watchers = watchers
      if watchers.isEmpty {
        try world.run()
      } else {
        isWhole = try world.run { history in
          watchers.allSatisfy { (try? $0.examine(history))?.outcome != .invalid }
        }
      }
      if isWhole { try world.finish() }
    } catch {
      violation = error
    }
    let judgement = Judgement(
      of: world, violation, judges, profile.contract, scenario: name, seed: seed,
      isWhole: isWhole)
    return RunRecord(
      outcome: judgement.outcome, evidence: judgement.evidence, world: world.configuration,
      plan: world.plan, history: world.history, recorder: world.recorder)
  }

  /// Runs a world up to where it leaves the course of its seed, and changes what is to be different.
  private func turn(
    _ world: inout Simulator<Machine>, by omissions: Omissions
  ) throws(InvariantViolation) {
    var turns: [(at: Instant, change: (inout Simulator<Machine>) -> Void)] = []
    if !omissions.troubles.isEmpty {
      turns.append((omissions.since, { $0.changeLinks(omissions.applied(to:)) }))
    }
    if omissions.neighbour > 0 {
      turns.append((omissions.drawsAnewFrom, { $0.drawAnew(omissions.neighbour) }))
    }
    for turn in turns.sorted(by: { $0.at < $1.at }) {
      try world.run(until: turn.at)
      turn.change(&world)
    }
  }

  /// The judges who can tell from the beginning of a history that all of it is wrong.
  private var watchers: [HistoryJudge] {
    world.stopsEarly ? judges.histories.filter(\.isPrefixClosed) : []
  }
}

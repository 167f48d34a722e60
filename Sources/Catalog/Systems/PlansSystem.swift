import Text
import Checking
import Determinism
import Exploration
import ProtocolKit
import Protocols
import Scenarios
import Simulation
import Workloads

extension OrreryCatalog.ProtocolEntry {
  /// Plans behind Raft's log, and enactors that keep a record up to date with them.
  static let plans = OrreryCatalog.ProtocolEntry(
    name: "plans",
    summary: "Enactors that apply numbered plans to a record and clean old plans away, on Raft.",
    defects: PlanDefects.catalogue.map(\.slug),
    invariants: RaftInvariants<PlanStore>.properties,
    workloads: [PlanWorkload.name],
    makeExperiment: { (scenario, planted) throws(ScenarioError) in
      let experiment = try PlansSystem.experiment(scenario, planting: planted)
      return Experiment(
        name: experiment.name, goals: experiment.judges.goals,
        owedEvidence: experiment.owedEvidence
      ) {
        experiment.run(seed: $0, recording: $1, without: $2)
      }
    })
}

/// A Raft cluster whose clients are enactors.
enum PlansSystem {
  /// A server or an enactor.
  typealias Machine = ServersAndClients<Raft<PlanStore>, Enactor<RaftMessage<PlanStore>>>

  /// Turns a scenario into an experiment.
  static func experiment(
    _ scenario: Scenario, planting planted: [String]
  ) throws(ScenarioError) -> SimulationExperiment<Machine> {
    var workload = try PlanWorkload(scenario.clients)
    let known = PlanDefects.catalogue
    for (_, value) in scenario.system.defects {
      _ = try value.choice(of: "defect", among: known.map(\.slug))
    }
    let wanted = scenario.system.defects.map(\.name) + planted
    workload.defects = PlanDefects(known.filter { wanted.contains($0.slug) }.map(\.defect))
    let servers = scenario.system.servers
    var raft = RaftConfiguration(serverCount: servers)
    try scenario.system.options?.object { (section) throws(ScenarioError) in
      try raft.decodeTimeouts(&section)
    }
    let cluster = ClusterShape(
      serverCount: servers, clientCount: workload.enactors + workload.idleEnactors)
    let checks = scenario.checks
    return SimulationExperiment(
      name: scenario.name, world: scenario.worldConfiguration(for: cluster),
      machine: Machine.Configuration(
        serverCount: servers, server: raft,
        client: Enactor.Configuration(workload: workload, serverCount: servers)),
      profile: scenario.profile, script: scenario.script,
      judges: SimulationExperiment<Machine>.Judges(
        histories: checks.linearizability ? [PlanWorkload.judge] : [],
        progress: checks.progress, goals: checks.goals))
  }
}

extension PlanWorkload {
  /// The name that scenarios use.
  static let name = "plans"

  /// What is asked about histories of the record.
  static let judge = HistoryJudge("record-current") { checkRecord($0) }

  /// Reads the section about clients.
  init(_ clients: StrictValue) throws(ScenarioError) {
    self.init()
    var workload = self
    try clients.object { (section) throws(ScenarioError) in
      _ = try section.required("workload").choice(of: "workload", among: [Self.name])
      workload.enactors = try section.optional("count")?.integer(in: 1...32) ?? 3
      workload.idleEnactors = try section.optional("idle")?.integer(in: 0...16) ?? 0
      workload.rounds = try section.optional("rounds")?.integer(in: 1...100_000) ?? 200
      if let span = try section.optional("think")?.durationPair() {
        (workload.thinkShortest, workload.thinkLongest) = span
      }
      if let span = try section.optional("work")?.durationPair() {
        (workload.workShortest, workload.workLongest) = span
      }
      workload.timeout = try section.optional("timeout")?.duration() ?? workload.timeout
    }
    self = workload
  }
}

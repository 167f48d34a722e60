import Exploration
import ProtocolKit
import Scenarios
import Simulation
import SystemKit
import Text
import Workloads

/// Known mistakes, as switches.
struct RegisterDefects: DefectSet {
  let rawValue: UInt32

  /// The primary counts an entry as its own before its disk has it.
  static let answersBeforeSync = RegisterDefects(rawValue: 1 << 0)

  static let catalogue: [(slug: String, defect: RegisterDefects)] = [
    ("answers-before-sync", .answersBeforeSync)
  ]
}

/// A server, or a client of the stock workload.
typealias Cluster = Roles<Register, KeyValueClient<RegisterMessage>>

extension System {
  /// A store on a primary and its backups.
  static let primaryBackup = System(
    "primary-backup", of: Cluster.self,
    summary: "A key-value store on a primary that waits for all of its backups.",
    workloads: [KeyValueWorkload.name], defects: RegisterDefects.slugs,
    judges: [KeyValueWorkload.linearizable], marks: KeyValueWorkload.marks
  ) { (scenario, defects) throws(ScenarioError) in
    let workload = try KeyValueWorkload(scenario.clients)
    let servers = scenario.cluster.members(of: ClusterShape.serverRole)
    let clients = scenario.cluster.members(of: ClusterShape.clientRole)
    return Setup(
      machine: Cluster.Configuration(
        servers.nodes,
        play: Register.Configuration(
          members: servers, defects: RegisterDefects(named: defects)),
        others: KeyValueClient.Configuration(
          workload: workload, servers: servers, clients: clients)),
      judges: [KeyValueWorkload.judge])
  }
}

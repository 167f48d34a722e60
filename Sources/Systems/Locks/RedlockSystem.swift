import Determinism
import Exploration
import ProtocolKit
import Consensus
import Scenarios
import Simulation
public import SystemKit
import Text

/// Stores, then one storage without fencing, then workers.
typealias RedlockMachine = Roles<
  RedlockStore, Roles<Storage<RedlockMessage>, Worker<RedlockClient>>
>

extension System {
  /// Redlock as published, an unfenced storage, and workers that use both.
  public static let redlock = System(
    "redlock", of: RedlockMachine.self,
    summary: "Lock over independent stores with expiring keys, as published for Redis.",
    roles: [.init("store", 1...30), .init("storage", 1...1)],
    workloads: [CriticalSectionWorkload.name], defects: RedlockDefects.slugs,
    judges: [CriticalSectionWorkload.noLostUpdate],
    marks: ["lock-granted", "attempt-abandoned", "delayed-restart"]
      + CriticalSectionWorkload.marks
  ) { (scenario, defects) throws(ScenarioError) in
    let workload = try CriticalSectionWorkload(scenario.clients)
    let cluster = scenario.cluster
    let stores = cluster.members(of: "store")
    let storages = cluster.nodes(of: "storage")
    var options = RedlockOptions(stores: stores)
    try scenario.system.read(RedlockOptions.all, into: &options)
    options.store.defects = RedlockDefects(named: defects)
    options.holder.defects = options.store.defects
    var storage = Storage<RedlockMessage>.Configuration()
    storage.fencing = .none
    let worker = Worker<RedlockClient>.Configuration(
      workload: workload, holder: options.holder, storages: storages,
      clients: cluster.members(of: ClusterShape.clientRole))
    return Setup(
      machine: RedlockMachine.Configuration(
        stores.nodes, play: options.store,
        others: .init(storages, play: storage, others: worker)),
      judges: [workload.counterJudge],
      waitingFunctions: CriticalSectionWorkload.waitingFunctions)
  }
}

/// What the options of a scenario say about stores and clients.
struct RedlockOptions: ValidatedConfiguration {
  var store: RedlockStore.Configuration
  var holder: RedlockClient.Configuration

  /// How long keys live; a store that may have forgotten them is silent for a tenth longer.
  var timeToLive: Nanoseconds {
    get { holder.timeToLive }
    set {
      holder.timeToLive = newValue
      store.restartDelay = newValue + newValue / 10
    }
  }

  init(stores: Membership) {
    store = RedlockStore.Configuration()
    holder = RedlockClient.Configuration(stores: stores)
    timeToLive = holder.timeToLive
  }

  /// What is wrong with what clients are told.
  var complaint: ConfigurationComplaint? { holder.complaint }

  /// What scenarios can set, the time to live before the delay that follows from it.
  static let all: [ConfigurationOption<RedlockOptions>] = [
    .duration("ttl", \.timeToLive, atLeast: .milliseconds(10)),
    .duration("restart_delay", \.store.restartDelay),
    .choice("persistence", \.store.persistence),
    .integer("drift_factor_ppb", \.holder.driftFactor, in: 0...500_000_000),
    .duration("margin", \.holder.margin),
    .duration("timeout", \.holder.timeout),
    .duration("retry", \.holder.retryLongest, atLeast: .milliseconds(1)),
    ConfigurationOption("fencing") { (value, _) throws(ScenarioError) in
      throw value.failure(
        "redlock gives no fencing tokens, so no storage can check them",
        hint: "use protocol \"locks\"")
    },
  ]
}

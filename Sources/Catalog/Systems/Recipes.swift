import Text
import Checking
import Determinism
import Exploration
import Histories
import Scenarios
import Workloads

extension RecipeWorkload {
  /// How many storages the recipe needs.
  var storages: Int { recipe == .leaderElection ? 1 : 0 }

  /// What is asked about the history of every run.
  var safetyJudges: [HistoryJudge] {
    switch recipe {
    case .leaderElection:
      [
        HistoryJudge("linearizable", isPrefixClosed: true) { (history) throws(SpecificationError) in
          try CriticalSectionWorkload.checkLocks(history)
        },
        HistoryJudge("one-leader-per-epoch") { Self.checkLeaders($0) },
      ]
    case .barrier: [HistoryJudge("barrier-holds-all") { checkBarrier($0) }]
    case .uniqueNames:
      [
        HistoryJudge("linearizable", isPrefixClosed: true) { (history) throws(SpecificationError) in
          try Self.checkNames(history)
        }
      ]
    case .configWatch: []
    }
  }

  /// What is asked about the time after everything has healed.
  func progressJudges(_ world: Scenario.World, timeToLive: Nanoseconds) -> [HistoryJudge] {
    let healed = Instant.start + world.chaos
    guard recipe == .leaderElection else { return [] }
    return [
      HistoryJudge("elected-in-time", needsWholeRun: true) {
        checkElections($0, healedAt: healed, until: healed + world.quiet, timeToLive: timeToLive)
      }
    ]
  }

  /// Reads the section about clients.
  init(_ clients: StrictValue) throws(ScenarioError) {
    self = try clients.object { (section) throws(ScenarioError) in
      var workload = RecipeWorkload(
        try section.required("workload").choice(of: "workload"))
      try workload.decode(&section)
      try workload.decodeRecipe(&section)
      return workload
    }
  }

  private mutating func decode(_ section: inout StrictObject) throws(ScenarioError) {
    clients = try section.optional("count")?.integer(in: 1...32) ?? clients
    if let span = try section.optional("think")?.durationPair() {
      (thinkShortest, thinkLongest) = span
    }
  }

  private mutating func decodeRecipe(_ section: inout StrictObject) throws(ScenarioError) {
    switch recipe {
    case .leaderElection:
      actions = try section.optional("actions")?.integer(in: 1...100_000) ?? actions
      workLongest = try section.optional("work")?.duration() ?? workLongest
      timeout = try section.optional("timeout")?.duration() ?? timeout
      bound = try section.optional("bound")?.duration() ?? bound
    case .barrier: break
    case .uniqueNames: names = try section.optional("names")?.integer(in: 1...26) ?? names
    case .configWatch:
      bound = try section.optional("bound")?.duration() ?? bound
      let value = section.optional("publishers")
      publishers = try value?.integer(in: 1...16) ?? publishers
      guard publishers < clients else {
        throw section.failure("publishers counts some of the clients: no watcher is left")
      }
    }
  }
}

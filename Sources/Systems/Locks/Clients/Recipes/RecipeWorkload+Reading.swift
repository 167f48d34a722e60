import Checking
import Determinism
import Exploration
import Histories
import Scenarios
import SystemKit
import Text

extension RecipeWorkload {
  /// What can be asked, each of one recipe or two.
  static let judges = [
    System.Judge("linearizable", "Locks, or names, behave as if each was changed at once."),
    System.Judge("one-leader-per-epoch", "No two candidates act as leader of one epoch."),
    System.Judge("elected-in-time", "Somebody leads soon after the faults have healed."),
    System.Judge("barrier-holds-all", "Nobody passes a barrier before all have come to it."),
  ]

  /// The places that clients can reach.
  static let marks = [
    "leader-takes-office", "lease-checked", "leader-acted", "leader-refused", "barrier-retried",
    "barrier-entered", "barrier-left", "claim-lost-race", "name-claimed", "config-changed",
  ]

  /// What waits for other clients: a leader to leave office, members to come to a barrier.
  static let waitingFunctions = ["acquire", "enter", "leave"]

  /// How many storages the recipe needs.
  var storages: Int { recipe == .leaderElection ? 1 : 0 }

  /// The judges of this recipe in a world.
  func judges(of world: Scenario.World, timeToLive: Nanoseconds) -> [HistoryJudge] {
    switch recipe {
    case .leaderElection:
      let healed = Instant.start + world.chaos
      return [
        HistoryJudge("linearizable", isPrefixClosed: true) { (history) throws(SpecificationError) in
          try CriticalSectionWorkload.checkLocks(history)
        },
        HistoryJudge("one-leader-per-epoch") { Self.checkLeaders($0) },
        HistoryJudge("elected-in-time", needsWholeRun: true) {
          checkElections($0, healedAt: healed, until: healed + world.quiet, timeToLive: timeToLive)
        },
      ]
    case .barrier: return [HistoryJudge("barrier-holds-all") { checkBarrier($0) }]
    case .uniqueNames:
      return [
        HistoryJudge("linearizable", isPrefixClosed: true) { (history) throws(SpecificationError) in
          try Self.checkNames(history)
        }
      ]
    case .configWatch: return []
    }
  }

  /// Reads the section about clients.
  init(_ clients: StrictValue) throws(ScenarioError) {
    self = try clients.object { (section) throws(ScenarioError) in
      var workload = RecipeWorkload(try section.required("workload").choice(of: "workload"))
      try section.read(Self.options(of: workload.recipe), into: &workload)
      return workload
    }
  }

  /// What scenarios can set for a recipe.
  private static func options(of recipe: Recipe) -> [ConfigurationOption<RecipeWorkload>] {
    let common: [ConfigurationOption<RecipeWorkload>] = [
      .integer("count", \.clients, in: 1...32),
      .span("think", shortest: \.thinkShortest, longest: \.thinkLongest),
    ]
    switch recipe {
    case .leaderElection:
      return common + [
        .integer("actions", \.actions, in: 1...100_000), .duration("work", \.workLongest),
        .duration("timeout", \.timeout), .duration("bound", \.bound),
      ]
    case .barrier: return common
    case .uniqueNames: return common + [.integer("names", \.names, in: 1...26)]
    case .configWatch:
      return common + [
        .duration("bound", \.bound), .integer("publishers", \.publishers, in: 1...16),
      ]
    }
  }
}

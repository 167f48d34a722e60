import Text
import Checking
import Determinism
import Exploration
import Histories
import Scenarios
import Workloads

extension CriticalSectionWorkload {
  /// The name that scenarios use.
  static let name = "critical-section"

  /// What is asked about histories of a lock service with tokens.
  var judges: [HistoryJudge] {
    [
      HistoryJudge("linearizable", isPrefixClosed: true) { (history) throws(SpecificationError) in
        try Self.checkLocks(history)
      },
      counterJudge,
    ]
  }

  /// What is asked about whether locks move, of runs that are quiet for long enough to tell.
  func progressJudges(of world: Scenario.World, timeToLive: Nanoseconds) -> [HistoryJudge] {
    let bound = timeToLive + .seconds(1)
    guard world.quiet >= bound else { return [] }
    let end = Instant.start + world.chaos + world.quiet
    return [
      HistoryJudge("no-stuck-lock", needsWholeRun: true) {
        checkProgress($0, until: end, within: bound)
      }
    ]
  }

  /// What is asked about the resources alone.
  var counterJudge: HistoryJudge {
    HistoryJudge("no-lost-update") { checkCounters($0) }
  }

  /// Reads the section about clients.
  init(_ clients: StrictValue) throws(ScenarioError) {
    self.init()
    var workload = self
    try clients.object { (section) throws(ScenarioError) in try workload.decode(&section) }
    self = workload
  }

  private mutating func decode(_ section: inout StrictObject) throws(ScenarioError) {
    _ = try section.required("workload").choice(of: "workload", among: [Self.name])
    workers = try section.optional("count")?.integer(in: 1...32) ?? workers
    idleWorkers = try section.optional("idle")?.integer(in: 0...16) ?? idleWorkers
    locks = try section.optional("locks")?.integer(in: 1...1_000) ?? locks
    sections = try section.optional("sections")?.integer(in: 1...100_000) ?? sections
    increments = try section.optional("increments")?.integer(in: 1...1_000) ?? increments
    if let span = try section.optional("think")?.durationPair() {
      (thinkShortest, thinkLongest) = span
    }
    if let span = try section.optional("work")?.durationPair() {
      (workShortest, workLongest) = span
    }
    timeout = try section.optional("timeout")?.duration() ?? timeout
  }
}

extension StrictValue {
  /// The shortest and the longest time, such as `["1ms", "20ms"]`.
  func durationPair() throws(ScenarioError) -> (shortest: Nanoseconds, longest: Nanoseconds) {
    let span = try list { (value) throws(ScenarioError) in try value.duration() }
    guard span.count == 2, span[0] <= span[1] else {
      throw failure(
        "\(label) must be the shortest and the longest time", hint: "such as [\"1ms\", \"20ms\"]")
    }
    return (span[0], span[1])
  }
}

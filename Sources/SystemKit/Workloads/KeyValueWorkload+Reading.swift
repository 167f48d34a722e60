import Checking
public import Exploration
import Histories
import Text
public import Workloads

extension KeyValueWorkload: ReadableWorkload {
  /// The name that scenarios use.
  public static let name = "key-value"

  /// Each value must be explained by some order of the operations that respects real time.
  public static let judge = HistoryJudge(linearizable.name, isPrefixClosed: true) {
    (history) throws(SpecificationError) in
    Assessment(try check(history))
  }

  /// What the judge promises.
  public static let linearizable = System.Judge(
    "linearizable", "Every key behaves like one register that changes at once.")

  /// The places that clients can reach.
  public static let marks = ["client-retried"]

  /// What scenarios can set.
  public static let options: [ConfigurationOption<KeyValueWorkload>] = [
    .integer("count", \.clients, in: 1...32),
    .integer("idle", \.idleClients, in: 0...16),
    .integer("concurrency", \.concurrency, in: 1...64),
    .integer("operations", \.operations, in: 1...100_000),
    .integer("keys", \.keys, in: 1...1_000_000),
    ConfigurationOption("mix") { (value, workload) throws(ScenarioError) in
      workload.mix = try mix(value)
    },
    .span("think", shortest: \.thinkShortest, longest: \.thinkLongest),
    .duration("timeout", \.timeout),
    .integer("attempts", \.attempts, in: 1...1_000),
    .choice("retry", \.retry),
    .choice("reads_from", \.readsFrom),
  ]

  private static func mix(
    _ value: StrictValue
  ) throws(ScenarioError) -> (reads: UInt64, writes: UInt64, compareAndSets: UInt64) {
    let mix = try value.object { (section) throws(ScenarioError) in
      let bound: ClosedRange<UInt64> = 0...1_000
      let reads = try section.optional("read")?.integer(in: bound) ?? 0
      let writes = try section.optional("write")?.integer(in: bound) ?? 0
      let compareAndSets = try section.optional("cas")?.integer(in: bound) ?? 0
      return (reads: reads, writes: writes, compareAndSets: compareAndSets)
    }
    guard mix.reads + mix.writes + mix.compareAndSets > 0 else {
      throw value.failure("mix must give some operation a weight above zero")
    }
    return mix
  }
}

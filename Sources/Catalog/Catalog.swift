import Consensus
import Locks
import Plans
public import SystemKit

/// Everything that comes with orrery.
public enum OrreryCatalog {
  /// Every system, in the order in which lists should show them.
  public static let systems: [System] = [.raft, .locks, .coordination, .redlock, .plans]

  /// What speed is measured by.
  public static let benchmarks: [Benchmark] = RaftBenchmarks.all
}

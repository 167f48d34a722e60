public import Determinism
public import ProtocolKit

/// What clients of a coordination service do together: one of the classic recipes.
///
/// After the recipes of Apache ZooKeeper and of etcd's concurrency package.
public struct RecipeWorkload: Hashable, ValidatedConfiguration {
  /// The recipes, by the names that scenarios use.
  public enum Recipe: String, Hashable, Sendable, CaseIterable {
    /// One of the clients leads and acts at a resource; when it dies another is elected.
    case leaderElection = "leader-election"
    /// All clients enter each round together and leave it together.
    case barrier
    /// Clients claim and release names that only one of them may have.
    case uniqueNames = "unique-names"
    /// Some clients change a configuration, the others watch it.
    case configWatch = "config-watch"
  }

  /// The recipe.
  public var recipe: Recipe
  /// How many clients there are.
  public var clients = 3
  /// The shortest time between two steps of a client.
  public var thinkShortest = Nanoseconds.milliseconds(1)
  /// The longest time between two steps of a client.
  public var thinkLongest = Nanoseconds.milliseconds(20)
  /// How often an elected leader acts before it steps down of its own accord.
  public var actions = 40
  /// The longest time between a leader's look at its lease and its action; the shortest is a tenth.
  public var workLongest = Nanoseconds.zero
  /// How many names there are to claim.
  public var names: UInt64 = 6
  /// How many of the clients change the configuration.
  public var publishers = 1
  /// How long a leader waits for the storage.
  public var timeout = Nanoseconds.milliseconds(200)
  /// How long, once nothing is broken, it may take beyond the life of a lease to elect a leader, or to
  /// tell every watcher of a change.
  public var bound = Nanoseconds.seconds(1)
  /// Known bugs that are switched on.
  public var defects: RecipeDefects = []

  /// Creates the default workload of a recipe.
  public init(_ recipe: Recipe) {
    self.recipe = recipe
  }

  /// Somebody must be left to watch.
  public var complaint: ConfigurationComplaint? {
    guard recipe == .configWatch, publishers >= clients else { return nil }
    return ConfigurationComplaint("publishers", "counts some of the clients: no watcher is left")
  }
}

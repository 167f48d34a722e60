public import Histories

/// The answer of a checker, always with its evidence.
public enum Verdict: Hashable, Sendable {
  /// The history is correct, and this order of its operations shows it.
  case valid(Linearization)
  /// The history is incorrect, and this is where and why.
  case invalid(Explanation)
  /// The search ran out of something before it could tell.
  case unknown(Limit)
}

/// The certificate of a valid history: one legal order of operations for each partition.
public struct Linearization: Hashable, Sendable {
  /// The operations of one partition in the order in which they took effect.
  public struct Partition: Hashable, Sendable {
    /// The key that the operations address, the first mentioned if they tie several together, or
    /// nil when all keys were judged together.
    public var key: Value?
    /// Every completed operation, and those indeterminate ones that took effect.
    public var order: [OperationID]

    /// Creates the order of one partition.
    public init(key: Value?, order: [OperationID]) {
      self.key = key
      self.order = order
    }
  }

  /// The partitions in the order in which the history first mentions them.
  public var partitions: [Partition]

  /// Creates a certificate.
  public init(partitions: [Partition]) {
    self.partitions = partitions
  }
}

/// Why a history is invalid: the first completion that no order of operations can account for.
///
/// No order survives the completion of `operation`, while the history up to just before it is valid,
/// which `linearization` proves. Operations that are open at that event may have taken effect or
/// not; if they did, then with the results that they returned later.
public struct Explanation: Hashable, Sendable {
  /// The largest number of states that an explanation lists.
  public static let maximumListedStates = 16

  /// The key of the partition at fault, named as in a `Linearization.Partition`.
  public var key: Value?
  /// The first impossible operation.
  public var operation: OperationID
  /// The place of its completion in the order of the history's events.
  public var event: Int
  /// Whether everything before that completion is known to be valid, which is almost always found
  /// out; otherwise `linearization` covers less than that, and an earlier one may be impossible.
  public var isFirst: Bool
  /// How many operations of the partition completed before it.
  public var completedBefore: Int
  /// A legal order of the operations before that completion.
  public var linearization: [OperationID]
  /// The states in which the object may be after them, just before the operation has to take effect.
  public var possibleStates: [String]
  /// How many such states there are, listed or not; the count ends when it takes too long.
  public var possibleStateCount: Int
  /// A smallest part of the history that fails in the same way, once `minimize` has looked for it.
  ///
  /// By itself it is not linearizable, without `operation` it is, and some of it, in the order of
  /// `linearization`, makes `operation` possible, if anything does. Leaving out any other operation
  /// makes it valid, or makes it fail for another reason, such as a read of a value that is no
  /// longer written.
  public var minimal: [OperationID]?
  /// A few operations that contradict each other, where a monitor found them.
  public var conflict: Conflict?
}

/// Operations that have no legal order on their own, and why.
public struct Conflict: Hashable, Sendable {
  /// The operations in order of invocation; those that brought in the values that others saw are
  /// among them, so that the reason is not just that these are missing.
  public var operations: [OperationID]
  /// What they contradict each other about, in a few words.
  public var reason: String
}

/// What ran out before the search could tell, and what would help.
public struct Limit: Hashable, Sendable {
  /// The thing that ran out.
  public enum Resource: Hashable, Sendable {
    /// The number of configurations that the caller allowed.
    case configurations
    /// The memory that the caller allowed.
    case memory
  }

  /// The thing that ran out.
  public var resource: Resource
  /// How many configurations were visited in all partitions together.
  public var explored: Int
  /// The key of the first undecided partition, named as in a `Linearization.Partition`.
  public var key: Value?
  /// How many partitions are undecided.
  public var undecidedPartitions: Int
  /// How many operations that partition has.
  public var operations: Int
  /// How many keys these address, up to one more than `maximumCountedKeys`.
  public var keys: Int
  /// The largest number of completed operations of that partition that are open at once.
  public var concurrency: Int
  /// The number of operations of that partition with an unknown outcome.
  public var indeterminate: Int

  /// The largest number of keys that is counted exactly.
  public static let maximumCountedKeys = 1_000

  /// What would let the search finish, in plain words.
  public var advice: String {
    let place = key.map { "key \($0), \(operations) operations" } ?? "\(operations) operations"
    var advice: [String] = []
    if indeterminate > concurrency {
      advice += [
        "\(indeterminate) have unknown outcomes, and each may take effect at any later time",
        "record definite failures as fail, or check a shorter history",
      ]
    } else {
      advice += [
        "\(concurrency) are open at once",
        "use fewer clients, or more keys, or write each value once and use a model with a monitor",
      ]
    }
    if keys > 1 {
      advice.append("or split the history by key, if no operation needs several keys at once")
    }
    switch resource {
    case .configurations: advice.append("or allow more configurations")
    case .memory: advice.append("or allow more memory")
    }
    return "\(place): \(advice.joined(separator: "; "))"
  }
}

public import Determinism
public import ProtocolKit

/// What clients of a key-value store do: which operations, how often, and what they do in trouble.
public struct KeyValueWorkload: Hashable, ValidatedConfiguration {
  /// What a client does when no answer comes in time.
  public enum Retry: String, Hashable, Sendable, CaseIterable {
    /// Ask again under the same session and number, so that a command happens once at the most.
    case sameIdentity = "same-identity"
    /// Give the operation up as unknown, and ask for the same thing as a new operation.
    case newIdentity = "new-identity"
    /// Give the operation up as unknown.
    case never
  }

  /// Whom a client asks to read.
  public enum ReadTarget: String, Hashable, Sendable, CaseIterable {
    /// Whoever leads, following redirects.
    case leader
    /// Always the same server, client by client, even if it says that it does not lead.
    case pinned
  }

  /// How many client nodes there are.
  public var clients = 4
  /// How many further client nodes there are that ask for nothing.
  public var idleClients = 0
  /// How many operations each client has under way at the most.
  public var concurrency = 1
  /// How many operations each of them begins at the most.
  public var operations = 1_000
  /// How many keys there are.
  public var keys: UInt64 = 3
  /// The weights of reads, writes and compare-and-sets.
  public var mix: (reads: UInt64, writes: UInt64, compareAndSets: UInt64) {
    get { (weights[0], weights[1], weights[2]) }
    set { weights = [newValue.reads, newValue.writes, newValue.compareAndSets] }
  }
  /// The shortest time between an answer and the next question.
  public var thinkShortest = Nanoseconds.milliseconds(1)
  /// The longest time between an answer and the next question.
  public var thinkLongest = Nanoseconds.milliseconds(20)
  /// How long a client waits for an answer.
  public var timeout = Nanoseconds.milliseconds(300)
  /// How often a client asks before it gives up; at least once.
  public var attempts = 5
  /// What a client does when no answer comes in time.
  public var retry = Retry.sameIdentity
  /// Whom a client asks to read.
  public var readsFrom = ReadTarget.leader

  private(set) var weights: [UInt64] = [2, 1, 1]

  /// Creates the default workload.
  public init() {}
}

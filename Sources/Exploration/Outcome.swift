public import Determinism
public import Simulation

/// Everything that one run says about the system.
public struct Outcome: Sendable {
  /// The answer to the question whether the system kept its promises.
  public enum Verdict: String, Hashable, Sendable {
    /// Every property holds.
    case valid
    /// A property is violated.
    case invalid
    /// Nothing is violated, but something could not be judged, or nothing happened.
    case unknown
  }

  /// What is known about one property.
  public struct PropertyResult: Hashable, Sendable {
    /// When a property has to hold.
    public enum Kind: String, Hashable, Sendable {
      /// After every event.
      case always
      /// After the faults have healed.
      case eventually
      /// In some run of a campaign.
      case sometimes
    }

    /// What the run showed.
    public enum Status: String, Hashable, Sendable {
      /// It holds, or was reached.
      case holds
      /// It does not hold.
      case violated
      /// The run could not tell.
      case unknown
    }

    /// When it has to hold.
    public let kind: Kind
    /// The property's name.
    public let name: String
    /// What the run showed.
    public let status: Status
    /// Evidence or cause, in words; may be empty.
    public let detail: String
    /// How often it had something to decide, where that is counted.
    public var checked: Int?
  }

  /// How many operations ended how.
  public struct OperationCounts: Hashable, Sendable {
    /// Operations that happened.
    public var ok = 0
    /// Operations that certainly did not happen.
    public var fail = 0
    /// Operations with an unknown fate, those without an answer included.
    public var info = 0
    /// The largest number of operations that were open at once.
    public var mostOpen = 0
  }

  /// The scenario's name.
  public let scenario: String
  /// The seed.
  public let seed: UInt64
  /// The fingerprint of all events.
  public let digest: Digest
  /// The answer.
  public let verdict: Verdict
  /// The answer for each property.
  public let properties: [PropertyResult]
  /// What clients did.
  public let operations: OperationCounts
  /// Which faults hit something.
  public let faults: FaultEvidence
  /// How often each marked place was reached, by name in alphabetical order.
  public let marks: [(name: String, count: Int)]
  /// The number of events.
  public let events: UInt64
  /// How long the world existed.
  public let virtualTime: Nanoseconds
  /// How long it was to exist, if it was stopped because clients had seen something impossible.
  public let stoppedEarlyOf: Nanoseconds?
  /// The violation, if there is one.
  public let finding: Finding?
}

public import Determinism

/// Everything that one run says about the system.
public struct Outcome: Codable, Hashable, Sendable {
  /// The answer to the question whether the system kept its promises.
  public enum Verdict: String, Codable, Hashable, Sendable {
    /// Every property holds.
    case valid
    /// A property is violated.
    case invalid
    /// Nothing is violated, but something could not be judged, or nothing happened.
    case unknown
  }

  /// What is known about one property.
  public struct PropertyResult: Codable, Hashable, Sendable {
    /// When a property has to hold.
    public enum Kind: String, Codable, Hashable, Sendable {
      /// After every event.
      case always
      /// After the faults have healed.
      case eventually
      /// In some run of a campaign.
      case sometimes
    }

    /// What the run showed.
    public enum Status: String, Codable, Hashable, Sendable {
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
  public struct OperationCounts: Codable, Hashable, Sendable {
    /// Operations that happened.
    public var ok = 0
    /// Operations that certainly did not happen.
    public var fail = 0
    /// Operations with an unknown fate, those without an answer included.
    public var info = 0
    /// The largest number of operations that were open at once.
    public var mostOpen = 0
  }

  /// How often something happened.
  public struct NamedCount: Codable, Hashable, Sendable {
    /// The name of what is counted.
    public let name: String
    /// How often it happened.
    public let count: Int

    /// Creates a count.
    public init(name: String, count: Int) {
      self.name = name
      self.count = count
    }
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
  /// How often each kind of fault hit something, in the order in which reports show them.
  public let faults: [NamedCount]
  /// How often each marked place was reached, by name in alphabetical order.
  public let marks: [NamedCount]
  /// The number of events.
  public let events: UInt64
  /// How long the world existed.
  public let virtualTime: Nanoseconds
  /// How long it was to exist, if it was stopped because clients had seen something impossible.
  public let stoppedEarlyOf: Nanoseconds?
  /// The violation, if there is one.
  public let finding: Finding?
  /// What the seed drew of the values that its scenario varies, as settings write them.
  public var drawn: [String] = []
}

extension Outcome {
  /// The outcome of a run that ended with the death of its process.
  public init(trapIn scenario: String, seed: UInt64, signal: Int32) {
    let finding = Finding(
      scenario: scenario, property: "no-trap",
      kind: signal == 24 ? "a run did not end in time" : "the process died of signal \(signal)",
      detail: Self.cause(of: signal), seed: seed)
    self.init(
      scenario: scenario, seed: seed, digest: Digest(resuming: 0), verdict: .invalid,
      properties: [
        PropertyResult(kind: .always, name: "no-trap", status: .violated, detail: finding.detail)
      ],
      operations: OperationCounts(), faults: [], marks: [], events: 0, virtualTime: .zero,
      stoppedEarlyOf: nil, finding: finding)
  }

  /// What usually lies behind the signal that a process died of.
  private static func cause(of signal: Int32) -> String {
    switch signal {
    case 4, 5: "a Swift trap, such as an overflow or a failed precondition"
    case 9: "killed from outside, or for lack of memory"
    case 11: "access to memory that is not there, such as a stack that overflowed"
    case 24: "the run did not end in time"
    default: "see signal(7)"
    }
  }
}

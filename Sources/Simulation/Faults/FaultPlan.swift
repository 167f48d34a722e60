public import Determinism

/// Which faults a run has, when they begin and how long they last: plain data, sampled or scripted.
public struct FaultPlan: Hashable, Sendable {
  /// One fault with its time.
  public struct Entry: Hashable, Sendable {
    /// When it begins.
    public let begins: Instant
    /// How long it lasts.
    public let lasts: Nanoseconds
    /// What happens.
    public let fault: Fault

    /// Creates an entry.
    public init(begins: Instant, lasts: Nanoseconds, fault: Fault) {
      self.begins = begins
      self.lasts = lasts
      self.fault = fault
    }
  }

  /// The faults; their order is part of the digest, but decides only ties at the same instant.
  public var entries: [Entry]

  /// Creates a plan.
  public init(_ entries: [Entry] = []) {
    self.entries = entries
  }
}

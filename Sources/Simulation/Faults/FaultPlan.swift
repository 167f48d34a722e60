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

  /// The faults; their order is part of the digest, through their places.
  public var entries: [Entry]
  /// The places of the entries that do not happen, in ascending order.
  ///
  /// They keep their places, so that leaving one out does not rename the others.
  public var omitted: [Int] = []

  /// Creates a plan.
  public init(_ entries: [Entry] = []) {
    self.entries = entries
  }

  /// The entries that happen, with their places.
  public var happening: [(number: Int, entry: Entry)] {
    entries.enumerated().filter { !omitted.contains($0.offset) }.map { ($0.offset, $0.element) }
  }
}

public import Determinism
public import ProtocolKit

/// The name of an entry that a coordination service keeps.
public struct EntryName: WrappedNumber {
  /// The number.
  public let number: UInt64

  /// Creates the name with this number.
  public init(_ number: UInt64) {
    self.number = number
  }
}

/// What an entry holds.
public struct EntryState: Hashable, Sendable {
  /// The entry.
  public let name: EntryName
  /// The value.
  public let value: Int64
  /// How often it was written; entries that were gone in between go on counting.
  public let version: UInt64

  /// Creates the state of an entry.
  public init(name: EntryName, value: Int64, version: UInt64) {
    self.name = name
    self.value = value
    self.version = version
  }
}

/// A write of an entry, perhaps with conditions.
public struct EntryWrite: Hashable, Sendable {
  /// The entry.
  public let name: EntryName
  /// What it is to hold.
  public let value: Int64
  /// The version that it must have, zero if it must not exist; nil writes in any case.
  public let expected: UInt64?
  /// Whether it disappears with the session of whoever writes it.
  public let isEphemeral: Bool

  /// Creates a write.
  public init(name: EntryName, value: Int64, expected: UInt64? = nil, isEphemeral: Bool = false) {
    self.name = name
    self.value = value
    self.expected = expected
    self.isEphemeral = isEphemeral
  }
}

/// A version of the configuration that a watcher has taken over.
public struct Adoption: Hashable, Sendable {
  let version: UInt64
  let value: Int64
  /// Whether it was read, and not told as a change.
  let isRead: Bool
}

/// What machines tell rules where there is a coordination service.
public protocol CoordinationObservation: StorageObservation {
  /// A watcher took over a version of the configuration.
  static func adopted(_ adoption: Adoption) -> Self

  /// The version that a watcher took over, if it is one.
  var asAdopted: Adoption? { get }
}

/// The client side of a service that keeps entries beside locks, and tells watchers what changes.
///
/// It does one thing at a time, but a watch goes on beside everything else.
public protocol Coordinator: LockHolder where Message.Observation: CoordinationObservation {
  /// The session that it has, as far as it knows; no two sessions have the same number.
  var sessionNumber: UInt64? { get }

  /// Until when that session lives at least, by the clock that it trusts.
  var sessionLease: Lease? { get }

  /// Begins to read the entries of a range; `entries` answers, or `lost`.
  ///
  /// One that watches hears in `changed` of every later write to any entry, in order, for good.
  mutating func read(
    _ range: ClosedRange<EntryName>, watches: Bool, _ effects: inout Effects<Message>)

  /// Begins to write an entry; `written`, `mismatch` or `lost` answers.
  mutating func write(_ write: EntryWrite, _ effects: inout Effects<Message>)
}

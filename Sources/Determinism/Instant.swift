/// A point in virtual time: whole nanoseconds since the world began.
public struct Instant: Hashable, Comparable, Sendable, Codable {
  /// Nanoseconds since the world began; never negative.
  public let nanosecondsSinceStart: UInt64

  /// Creates the instant that lies the given number of nanoseconds after the start.
  public init(nanosecondsSinceStart: UInt64) {
    self.nanosecondsSinceStart = nanosecondsSinceStart
  }

  /// The first instant of the world.
  public static let start = Instant(nanosecondsSinceStart: 0)

  /// Whether one instant lies before another.
  public static func < (left: Instant, right: Instant) -> Bool {
    left.nanosecondsSinceStart < right.nanosecondsSinceStart
  }

  /// The instant that lies a span after (or, if negative, before) this one; traps before the start.
  public static func + (instant: Instant, span: Nanoseconds) -> Instant {
    Instant(
      nanosecondsSinceStart: UInt64(Int64(instant.nanosecondsSinceStart) + span.count))
  }

  /// The span from the right instant to the left one; negative when the left one is earlier.
  public static func - (left: Instant, right: Instant) -> Nanoseconds {
    Nanoseconds(Int64(left.nanosecondsSinceStart) - Int64(right.nanosecondsSinceStart))
  }
}

extension Instant: CustomStringConvertible {
  /// The time since the start in milliseconds with three decimals, such as `41.200 ms`.
  public var description: String {
    (self - .start).description
  }
}

/// A span of time in whole nanoseconds; may be negative.
///
/// Eight bytes and integer arithmetic: `Swift.Duration` is twice the size and slower in hot loops.
public struct Nanoseconds: Hashable, Comparable, Sendable, Codable {
  /// The number of nanoseconds.
  public let count: Int64

  /// Creates a span of the given number of nanoseconds.
  public init(_ count: Int64) {
    self.count = count
  }

  /// No time at all.
  public static let zero = Nanoseconds(0)

  /// A span of whole microseconds.
  public static func microseconds(_ count: Int64) -> Nanoseconds { Nanoseconds(count * 1_000) }

  /// A span of whole milliseconds.
  public static func milliseconds(_ count: Int64) -> Nanoseconds { Nanoseconds(count * 1_000_000) }

  /// A span of whole seconds.
  public static func seconds(_ count: Int64) -> Nanoseconds { Nanoseconds(count * 1_000_000_000) }

  /// Whether one span is shorter than another.
  public static func < (left: Nanoseconds, right: Nanoseconds) -> Bool { left.count < right.count }

  /// The sum of two spans; traps on overflow.
  public static func + (left: Nanoseconds, right: Nanoseconds) -> Nanoseconds {
    Nanoseconds(left.count + right.count)
  }

  /// The difference of two spans; traps on overflow.
  public static func - (left: Nanoseconds, right: Nanoseconds) -> Nanoseconds {
    Nanoseconds(left.count - right.count)
  }

  /// A span repeated a whole number of times; traps on overflow.
  public static func * (span: Nanoseconds, factor: Int64) -> Nanoseconds {
    Nanoseconds(span.count * factor)
  }

  /// A span divided by a whole number, rounded towards zero.
  public static func / (span: Nanoseconds, divisor: Int64) -> Nanoseconds {
    Nanoseconds(span.count / divisor)
  }
}

extension Nanoseconds: CustomStringConvertible {
  /// The span in milliseconds with three decimals, such as `41.200 ms`.
  public var description: String {
    let sign = count < 0 ? "-" : ""
    let microseconds = count.magnitude / 1_000
    let fraction = String(microseconds % 1_000)
    let padding = String(repeating: "0", count: 3 - fraction.count)
    return "\(sign)\(microseconds / 1_000).\(padding)\(fraction) ms"
  }
}

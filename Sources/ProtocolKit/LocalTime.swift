public import Determinism

/// What a node reads off one of its own clocks; says nothing about true time or other nodes.
///
/// A wall clock may lie before the world's start, so the count is signed.
public struct LocalTime: Hashable, Comparable, Sendable {
  /// Nanoseconds on this clock.
  public let nanoseconds: Int64

  /// Creates a reading.
  @inline(__always)
  public init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  /// Whether one reading is below another of the same clock.
  public static func < (left: LocalTime, right: LocalTime) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  /// The reading a span later.
  public static func + (time: LocalTime, span: Nanoseconds) -> LocalTime {
    LocalTime(nanoseconds: time.nanoseconds + span.count)
  }

  /// The span between two readings of the same clock.
  public static func - (left: LocalTime, right: LocalTime) -> Nanoseconds {
    Nanoseconds(left.nanoseconds - right.nanoseconds)
  }
}

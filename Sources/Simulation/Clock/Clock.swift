public import Determinism
public import ProtocolKit

/// A clock that runs at a steady rate of its own from some reading: a pure function of true time.
public struct Clock: Hashable, Sendable {
  /// How much faster than true time it runs, in parts per billion; negative when slower.
  ///
  /// Must lie above −1 000 000 000, where a clock would stand still.
  public private(set) var drift: Int64

  /// A tenth of true speed: however many faults slow a clock down together, it runs on.
  static var slowestDrift: Int64 { -900_000_000 }

  private var anchor: Instant
  private var readingAtAnchor: LocalTime

  private static var billion: Int64 { 1_000_000_000 }

  /// Creates a clock that shows a reading at the start of the world.
  public init(readingAtStart: LocalTime = LocalTime(nanoseconds: 0), drift: Int64 = 0) {
    precondition(drift > -Self.billion, "a clock runs forwards")
    self.drift = drift
    anchor = .start
    readingAtAnchor = readingAtStart
  }

  /// What the clock shows at an instant that is not before its last change.
  @inline(__always)
  public func reading(at instant: Instant) -> LocalTime {
    let elapsed = instant - anchor
    guard drift != 0 else { return readingAtAnchor + elapsed }
    return readingAtAnchor + Self.scale(elapsed, by: Self.billion + drift, over: Self.billion)
  }

  /// How much true time passes until the clock has advanced by a span, rounded up.
  @inline(__always)
  public func trueSpan(for span: Nanoseconds) -> Nanoseconds {
    guard drift != 0, span.count > 0 else { return max(span, .zero) }
    let rounded = Int128(span.count) * Int128(Self.billion) + Int128(Self.billion + drift - 1)
    return Nanoseconds(Int64(clamping: rounded / Int128(Self.billion + drift)))
  }

  /// Changes the rate from an instant on; the reading does not jump.
  public mutating func changeDrift(to newDrift: Int64, at instant: Instant) {
    precondition(newDrift > -Self.billion, "a clock runs forwards")
    readingAtAnchor = reading(at: instant)
    anchor = instant
    drift = newDrift
  }

  /// Moves the reading by a span, forwards or backwards.
  public mutating func step(by span: Nanoseconds) {
    readingAtAnchor = readingAtAnchor + span
  }

  private static func scale(
    _ span: Nanoseconds, by factor: Int64, over divisor: Int64
  ) -> Nanoseconds {
    let product = span.count.multipliedReportingOverflow(by: factor)
    guard product.overflow else { return Nanoseconds(product.partialValue / divisor) }
    return Nanoseconds(Int64(clamping: Int128(span.count) * Int128(factor) / Int128(divisor)))
  }
}

public import Determinism
public import ProtocolKit

/// A clock that runs at a rate of its own: a pure function of true time and what was done to it.
///
/// Between two changes it is linear, plus at most one slew, which adds a fixed amount evenly over a
/// window. All arithmetic is on integers, rounded down once a segment and exact at the end of a slew.
public struct Clock: Hashable, Sendable {
  /// How much faster than true time it runs, in parts per billion; negative when slower.
  ///
  /// At −1 000 000 000 the clock stands still; no clock runs below that.
  public private(set) var drift: Int64

  /// A tenth of true speed: however many faults slow a clock down together, it runs on.
  static var slowestDrift: Int64 { -900_000_000 }

  /// The drift of a clock that stands still.
  public static var stopped: Int64 { -billion }

  /// Longer than any run: the true time that a stopped clock needs to advance.
  static var never: Nanoseconds { Nanoseconds(1 << 62) }

  private var anchor: Instant
  private var readingAtAnchor: LocalTime
  private var slewAmount = Nanoseconds.zero
  private var slewBegins = Instant.start
  private var slewLasts = Nanoseconds.zero

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
    let advance =
      drift == 0 ? elapsed : Self.scale(elapsed, by: Self.billion + drift, over: Self.billion)
    guard slewAmount != .zero else { return readingAtAnchor + advance }
    return readingAtAnchor + advance + slewed(at: instant)
  }

  /// How much true time passes until the clock has advanced by a span, rounded up.
  ///
  /// Slews are left out: timers run on clocks that nobody slews.
  @inline(__always)
  public func trueSpan(for span: Nanoseconds) -> Nanoseconds {
    guard drift != 0, span.count > 0 else { return max(span, .zero) }
    guard drift != Self.stopped else { return Self.never }
    let rounded = Int128(span.count) * Int128(Self.billion) + Int128(Self.billion + drift - 1)
    return Nanoseconds(Int64(clamping: rounded / Int128(Self.billion + drift)))
  }

  /// Changes the rate from an instant on; the reading does not jump.
  public mutating func changeDrift(to newDrift: Int64, at instant: Instant) {
    precondition(newDrift >= Self.stopped, "a clock does not run backwards")
    settleSlew(at: instant)
    readingAtAnchor = reading(at: instant)
    anchor = instant
    drift = newDrift
  }

  /// Moves the reading by a span, forwards or backwards.
  public mutating func step(by span: Nanoseconds) {
    readingAtAnchor = readingAtAnchor + span
  }

  /// Begins to add an amount evenly over a window, together with what is left of an earlier slew.
  ///
  /// The window must be longer than a negative amount, or the clock would run backwards.
  public mutating func slew(
    by amount: Nanoseconds, over window: Nanoseconds, at instant: Instant
  ) {
    settleSlew(at: instant)
    slewAmount = slewAmount + amount
    slewLasts = max(window, Nanoseconds(1))
  }

  /// Ends a slew before its time; what it has added so far stays.
  public mutating func stopSlew(at instant: Instant) {
    settleSlew(at: instant)
    slewAmount = .zero
  }

  /// What the slew has added by an instant; nothing while the clock stands still.
  private func slewed(at instant: Instant) -> Nanoseconds {
    guard drift != Self.stopped else { return .zero }
    let elapsed = min(instant - slewBegins, slewLasts)
    let product = Int128(slewAmount.count) * Int128(elapsed.count)
    return Nanoseconds(Int64(product / Int128(slewLasts.count)))
  }

  /// Makes what a slew has added so far part of the reading, and lets its rest begin now.
  private mutating func settleSlew(at instant: Instant) {
    defer { slewBegins = instant }
    guard slewAmount != .zero, drift != Self.stopped else { return }
    let added = slewed(at: instant)
    readingAtAnchor = readingAtAnchor + added
    slewAmount = slewAmount - added
    slewLasts = max(slewLasts - (instant - slewBegins), Nanoseconds(1))
  }

  private static func scale(
    _ span: Nanoseconds, by factor: Int64, over divisor: Int64
  ) -> Nanoseconds {
    let product = span.count.multipliedReportingOverflow(by: factor)
    guard product.overflow else { return Nanoseconds(product.partialValue / divisor) }
    return Nanoseconds(Int64(clamping: Int128(span.count) * Int128(factor) / Int128(divisor)))
  }
}

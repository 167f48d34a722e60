public import Determinism

/// The timers of a machine that has another one inside it: each side has its own namespace.
///
/// Machines nest to any depth that matters: every level takes one bit of the raw value.
public enum NestedTimer<
  Own: RawRepresentable<UInt64> & Sendable, Inner: RawRepresentable<UInt64> & Sendable
>: RawRepresentable, Sendable {
  /// A timer of the machine itself.
  case own(Own)
  /// A timer of the machine inside it.
  case inner(Inner)

  /// The timer with a raw value, if the side that it names has one.
  public init?(rawValue: UInt64) {
    if rawValue & 1 == 0 {
      guard let own = Own(rawValue: rawValue >> 1) else { return nil }
      self = .own(own)
    } else {
      guard let inner = Inner(rawValue: rawValue >> 1) else { return nil }
      self = .inner(inner)
    }
  }

  /// The lowest bit says whose timer it is, the others which.
  public var rawValue: UInt64 {
    switch self {
    case .own(let own): own.rawValue << 1
    case .inner(let inner): inner.rawValue.asInnerTimer
    }
  }
}

extension NestedTimer: CustomStringConvertible {
  /// The name of the timer, whosever it is.
  public var description: String {
    switch self {
    case .own(let own): "\(own)"
    case .inner(let inner): "\(inner)"
    }
  }
}

/// What a machine inside another one asks for: the owner's `NestedTimer` hears of it.
extension Effects {
  /// Sets or moves a timer of a machine that is inside the one that owns the sink.
  @inline(__always)
  public mutating func setTimer(
    inner timer: some RawRepresentable<UInt64> & Sendable, after delay: Nanoseconds
  ) {
    setTimer(RawTimer(rawValue: timer.rawValue.asInnerTimer), after: delay)
  }

  /// Makes sure that a timer of a machine inside the one that owns the sink does not fall due.
  public mutating func cancelTimer(inner timer: some RawRepresentable<UInt64> & Sendable) {
    cancelTimer(RawTimer(rawValue: timer.rawValue.asInnerTimer))
  }
}

/// A timer of which only the raw value matters.
private struct RawTimer: RawRepresentable {
  let rawValue: UInt64
}

extension UInt64 {
  /// The raw value that a `NestedTimer` gives the inner timer with this one.
  var asInnerTimer: UInt64 { self << 1 | 1 }
}

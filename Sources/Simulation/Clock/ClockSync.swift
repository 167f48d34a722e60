public import Determinism

/// How a daemon on every node keeps its wall clock close to true time.
///
/// It runs outside the process: crashes and pauses do not stop it, and it leaves the monotonic
/// clock alone. Right after it ran, a wall clock is off by at most `error` or on its way there;
/// until the next time, drift adds what it adds in one interval.
public struct ClockSync: Hashable, Sendable {
  /// How often a clock is corrected.
  public let every: Nanoseconds
  /// How far the measured time may be off, either way.
  public let error: Nanoseconds

  /// Creates a daemon.
  public init(every: Nanoseconds, error: Nanoseconds) {
    self.every = every
    self.error = error
  }

  /// Whether a correction is small enough to be spread over an interval: at most a tenth of it.
  func slews(_ correction: Nanoseconds) -> Bool {
    correction.count.magnitude <= UInt64(every.count / 10)
  }
}

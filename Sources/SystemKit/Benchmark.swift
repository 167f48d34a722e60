/// Work by which speed is measured; whoever runs it brings the clock.
public struct Benchmark: Sendable {
  /// What must not be lost.
  public enum Bar: Hashable, Sendable {
    /// At least this share of the bare loop's events a second.
    case ofReference(Double)
    /// Less than this many times slower than another benchmark, which does the same `without`.
    case besides(benchmark: String, atMost: Double, without: String)
    /// Nothing: another benchmark is held against this one.
    case none
  }

  /// The name that reports use.
  public let name: String
  /// What is measured, in one sentence.
  public let summary: String
  /// What must not be lost.
  public let bar: Bar
  /// Does one sample of the work, and returns how many events it had.
  public let run: @Sendable () -> UInt64

  /// Declares a benchmark.
  public init(
    _ name: String, summary: String, bar: Bar, run: @escaping @Sendable () -> UInt64
  ) {
    self.name = name
    self.summary = summary
    self.bar = bar
    self.run = run
  }
}

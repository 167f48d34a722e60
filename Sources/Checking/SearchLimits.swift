/// How much a search may use before it answers `unknown`; counted in steps, never in seconds.
public struct SearchLimits: Hashable, Sendable {
  /// The largest number of configurations to visit in all partitions together.
  public var configurations: Int
  /// The approximate number of bytes to use.
  public var bytes: Int

  /// Enough for every history that a person would wait for: 20 million configurations in 1 GiB.
  public static let standard = SearchLimits()

  /// Creates limits.
  public init(configurations: Int = 20_000_000, bytes: Int = 1 << 30) {
    self.configurations = configurations
    self.bytes = bytes
  }

  /// The number of configurations that fit into both limits.
  func affordable(bytesPerConfiguration: Int) -> Int {
    min(configurations, bytes / bytesPerConfiguration)
  }
}

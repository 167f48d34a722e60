public import Determinism

/// How fast one direction of a link takes messages in, and how long its queue may grow.
///
/// Messages leave one after another in the order of sending; each occupies the line for its size
/// divided by the rate, rounded up to a nanosecond.
public struct Bandwidth: Hashable, Sendable {
  /// Bytes per second.
  public let bytesPerSecond: Int64
  /// How many bytes may wait, the rest of the message on the line included; nil for any number.
  ///
  /// A message that finds more than that waiting is dropped.
  public let queueBytes: Int64?

  /// Creates a bandwidth; a rate below one traps.
  public init(bytesPerSecond: Int64, queueBytes: Int64? = nil) {
    precondition(bytesPerSecond > 0, "a link without any bandwidth is cut")
    self.bytesPerSecond = bytesPerSecond
    self.queueBytes = queueBytes
  }

  /// How long so many bytes occupy the line; sizes count from zero to four gigabytes.
  public func time(forBytes count: Int64) -> Nanoseconds {
    let size = max(0, min(count, 1 << 32))
    return Nanoseconds((size * 1_000_000_000 + bytesPerSecond - 1) / bytesPerSecond)
  }

  /// Whether a message that would have to wait this long is dropped.
  func isFull(after wait: Nanoseconds) -> Bool {
    queueBytes.map { wait > time(forBytes: $0) } ?? false
  }
}

/// Numbers the requests of one client, each but once in all its lives.
public struct RequestCounter: Sendable {
  private var count: UInt64

  /// Creates the counter of one life of a client: the number of lives that it had before.
  public init(incarnation: Int) {
    // A life has fewer than four billion requests.
    count = UInt64(incarnation) << 32
  }

  /// The identity of the next request.
  public mutating func next() -> RequestID {
    count += 1
    return RequestID(count)
  }
}

/// The number of an event in its run, counted from one; zero stands for the beginning of the world.
public struct EventID: Hashable, Comparable, Sendable {
  /// The number.
  public let number: UInt64

  /// Creates the identity of the event with this number.
  @inline(__always)
  public init(_ number: UInt64) {
    self.number = number
  }

  /// What the first events are caused by.
  public static let genesis = EventID(0)

  /// Whether one event happened before another.
  public static func < (left: EventID, right: EventID) -> Bool { left.number < right.number }
}

extension EventID: CustomStringConvertible {
  /// The number behind a hash sign.
  public var description: String { "#\(number)" }
}

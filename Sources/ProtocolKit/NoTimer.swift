/// The timer of machines that wait for nothing: there is none, so none can fall due.
public enum NoTimer: RawRepresentable, Sendable {
  /// Nothing: no number is a timer.
  public init?(rawValue: UInt64) { nil }

  /// Never asked for.
  public var rawValue: UInt64 { switch self {} }
}

extension StateMachine where Timer == NoTimer {
  /// Never called.
  public mutating func timerFired(_ timer: NoTimer, _ effects: inout Effects<Message>) {}
}

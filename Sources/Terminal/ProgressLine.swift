/// One line of status at the bottom of a terminal, repainted at most ten times a second.
///
/// It writes nothing itself: every method returns the text to write, which is empty off a terminal.
/// The caller also supplies the time, so that what appears is a function of its inputs.
public struct ProgressLine: Sendable {
  private static let interval: UInt64 = 100

  private let isEnabled: Bool
  private let width: Int
  private var isVisible = false
  private var lastPaint: UInt64?

  /// Creates the status line of a stream.
  public init(on capabilities: TerminalCapabilities) {
    isEnabled = capabilities.canRepaint
    width = capabilities.width
  }

  /// What to write to show a status at a time in milliseconds; empty if it is too soon.
  public mutating func update(_ status: @autoclosure () -> String, at now: UInt64) -> String {
    guard isEnabled else { return "" }
    if let lastPaint, now < lastPaint + Self.interval { return "" }
    lastPaint = now
    isVisible = true
    // One column stays free: a full line would wrap on many terminals.
    return "\r\(TextLayout.truncated(status(), to: width - 1))\u{1B}[K"
  }

  /// What to write before any other output, so that it begins on a clean line.
  public mutating func clear() -> String {
    guard isVisible else { return "" }
    isVisible = false
    lastPaint = nil
    return "\r\u{1B}[K"
  }
}

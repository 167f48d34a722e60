/// A place in a history file that cannot be understood, what is wrong with it, and the way out.
public struct HistoryError: Error, Hashable, Sendable {
  /// The line, counted from one.
  public let line: Int
  /// The character within the line, counted from one.
  public let column: Int
  /// What is wrong.
  public let message: String
  /// What would most likely put it right.
  public let fix: String

  /// Creates an error at a place.
  public init(line: Int, column: Int, message: String, fix: String) {
    self.line = line
    self.column = column
    self.message = message
    self.fix = fix
  }
}

extension HistoryError: CustomStringConvertible {
  /// The place, the complaint and the likely fix, as compilers print them.
  public var description: String {
    "\(line):\(column): \(message); \(fix)"
  }
}

/// A place in a text file, as editors count: both numbers begin at one.
public struct SourcePosition: Hashable, Comparable, Sendable {
  /// The line, counted from one.
  public let line: Int

  /// The column in characters, counted from one.
  public let column: Int

  /// Creates the position at a line and column.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// Whether one position comes before another in the file.
  public static func < (left: SourcePosition, right: SourcePosition) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// A stretch of characters on one line: what an error message underlines.
public struct SourceSpan: Hashable, Sendable {
  /// Where the stretch begins.
  public let start: SourcePosition

  /// How many characters it covers; at least one.
  public let width: Int

  /// Creates a span of a number of characters.
  public init(start: SourcePosition, width: Int) {
    self.start = start
    self.width = max(1, width)
  }

  /// Creates the span between two positions; only the first character if they lie on two lines.
  init(from start: SourcePosition, to end: SourcePosition) {
    self.init(start: start, width: start.line == end.line ? end.column - start.column : 1)
  }
}

/// A mistake in a scenario file, with the place, the cause and, where there is one, the remedy.
public struct ScenarioError: Error, Equatable, Sendable {
  /// The name of the file as the user gave it.
  public let file: String

  /// The characters that are to blame.
  public let span: SourceSpan

  /// What is wrong, in a few words without a full stop.
  public let message: String

  /// What to do about it, such as `did you mean "faults"?`.
  public let hint: String?

  /// The keys that the surrounding object understands, if that is what went wrong.
  public let allowedKeys: [String]

  /// The line of the file that holds the culprit.
  public let sourceLine: String

  /// Creates an error about a span of a source text.
  public init(
    in source: SourceText, at span: SourceSpan, _ message: String, hint: String? = nil,
    allowedKeys: [String] = []
  ) {
    self.file = source.file
    self.span = span
    self.message = message
    self.hint = hint
    self.allowedKeys = allowedKeys
    self.sourceLine = source.line(span.start.line)
  }

  /// Where the culprit begins.
  public var position: SourcePosition { span.start }

  /// The error as text of several lines, with the culprit underlined, ending in a line break.
  public func render() -> String {
    let (excerpt, column) = excerpt()
    let number = String(position.line)
    let gutter = String(repeating: " ", count: max(0, 5 - number.count))
    let blank = String(repeating: " ", count: max(5, number.count))
    let caret = "^" + String(repeating: "~", count: underlineWidth(in: excerpt, from: column) - 1)
    let indent = String(repeating: " ", count: column)
    var lines = [
      "\(file):\(position.line):\(position.column): error: \(message)",
      excerpt.isEmpty ? "\(gutter)\(number) |" : "\(gutter)\(number) | \(excerpt)",
      "\(blank) | \(indent)\(caret)\(hint.map { " " + $0 } ?? "")",
    ]
    if !allowedKeys.isEmpty {
      lines.append("1 error. Keys allowed here: \(allowedKeys.joined(separator: ", ")).")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// How many characters can be underlined without running past the end of the shown line.
  private func underlineWidth(in excerpt: String, from column: Int) -> Int {
    max(1, min(span.width, excerpt.count - column))
  }

  /// The part of the source line worth showing, and the culprit's offset in it.
  ///
  /// Tabs and control characters become single blanks, so that the caret stands where it should
  /// and a hostile file cannot steer the terminal. A very long line is cut around the culprit.
  private func excerpt() -> (text: String, column: Int) {
    let limit = 100
    let characters = sourceLine.map { character in
      character.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        ? character : " "
    }
    let offset = position.column - 1
    if characters.count <= limit { return (String(characters), offset) }
    let first = max(0, min(offset, characters.count) - limit / 2)
    let last = min(characters.count, first + limit)
    let head = first > 0 ? "..." : ""
    let tail = last < characters.count ? "..." : ""
    return (head + String(characters[first..<last]) + tail, offset - first + head.count)
  }
}

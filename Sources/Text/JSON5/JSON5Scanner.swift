/// Walks over the characters of a source text and always knows the line and column.
struct JSON5Scanner {
  let source: SourceText

  /// Where the next character stands.
  private(set) var position = SourcePosition(line: 1, column: 1)

  private let scalars: [Unicode.Scalar]
  private var offset = 0

  init(_ source: SourceText) {
    self.source = source
    self.scalars = Array(source.text.unicodeScalars)
  }

  /// The next character, or nil at the end.
  var current: Unicode.Scalar? { peek(0) }

  /// The character some places after the next one, or nil past the end.
  func peek(_ distance: Int) -> Unicode.Scalar? {
    offset + distance < scalars.count ? scalars[offset + distance] : nil
  }

  /// Steps over the next character; at the end it stays there.
  mutating func advance() {
    guard let scalar = current else { return }
    offset += 1
    let isLineBreak = scalar == "\n" || (scalar == "\r" && current != "\n")
    if isLineBreak {
      position = SourcePosition(line: position.line + 1, column: 1)
    } else if scalar.isASCII || !scalar.properties.isGraphemeExtend {
      position = SourcePosition(line: position.line, column: position.column + 1)
    }
  }

  /// Steps over one expected character and says whether it was there.
  mutating func skip(_ expected: Unicode.Scalar) -> Bool {
    guard current == expected else { return false }
    advance()
    return true
  }

  /// Takes the longest run of characters that satisfy a condition.
  mutating func take(while condition: (Unicode.Scalar) -> Bool) -> String {
    var run = String.UnicodeScalarView()
    while let scalar = current, condition(scalar) {
      run.append(scalar)
      advance()
    }
    return String(run)
  }

  /// Steps over white space and comments.
  mutating func skipTrivia() throws(ScenarioError) {
    while let scalar = current {
      if scalar == "/" {
        try skipComment()
      } else if Self.isWhiteSpace(scalar) {
        advance()
      } else {
        return
      }
    }
  }

  private mutating func skipComment() throws(ScenarioError) {
    let start = position
    switch peek(1) {
    case "/":
      while let scalar = current, !Self.isLineTerminator(scalar) { advance() }
    case "*":
      advance()
      advance()
      while let scalar = current {
        if scalar == "*" && peek(1) == "/" {
          advance()
          advance()
          return
        }
        advance()
      }
      throw failure(
        "this comment is never closed", at: SourceSpan(start: start, width: 2),
        hint: "close it with */")
    default:
      throw failure(
        "a single \"/\" means nothing here", at: SourceSpan(start: start, width: 1),
        hint: "comments begin with // or /*")
    }
  }

  /// An error about a span, or about the next character if none is given.
  func failure(
    _ message: String, at span: SourceSpan? = nil, hint: String? = nil
  ) -> ScenarioError {
    ScenarioError(
      in: source, at: span ?? SourceSpan(start: position, width: 1), message, hint: hint)
  }

  /// Whether JSON5 ends a line at this character.
  static func isLineTerminator(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\n" || scalar == "\r" || scalar == "\u{2028}" || scalar == "\u{2029}"
  }

  private static func isWhiteSpace(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case " ", "\t", "\n", "\r", "\u{0B}", "\u{0C}", "\u{FEFF}": true
    default:
      !scalar.isASCII
        && (isLineTerminator(scalar) || scalar.properties.generalCategory == .spaceSeparator)
    }
  }
}

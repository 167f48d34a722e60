/// Reads JSON5 strictly: exact numbers, no duplicate keys, and an exact position for every error.
///
/// The grammar is that of https://spec.json5.org. Nesting is bounded, so no input can overflow
/// the stack.
public struct JSON5Parser {
  /// How many lists and objects may lie inside each other.
  public static let maximumDepth = 64

  var scanner: JSON5Scanner

  /// Reads a whole document.
  public static func parse(_ source: SourceText) throws(ScenarioError) -> JSON5Value {
    var parser = JSON5Parser(scanner: JSON5Scanner(source))
    let value = try parser.value(depth: 0)
    try parser.scanner.skipTrivia()
    guard let extra = parser.scanner.current else { return value }
    throw parser.scanner.failure("\(Self.quoted(extra)) after the end of the document")
  }

  private mutating func value(depth: Int) throws(ScenarioError) -> JSON5Value {
    try scanner.skipTrivia()
    guard let first = scanner.current else {
      throw scanner.failure("the file ends where a value is expected")
    }
    let start = scanner.position
    switch first {
    case "{", "[":
      guard depth < Self.maximumDepth else {
        throw scanner.failure("nested more than \(Self.maximumDepth) levels deep")
      }
      let kind = first == "{" ? try object(depth: depth + 1) : try array(depth: depth + 1)
      return JSON5Value(kind, at: SourceSpan(start: start, width: 1))
    case "\"", "'":
      let kind = JSON5Value.Kind.string(try string(quote: first))
      return JSON5Value(kind, at: SourceSpan(from: start, to: scanner.position))
    case "0"..."9", "+", "-", ".":
      let kind = try number()
      return JSON5Value(kind, at: SourceSpan(from: start, to: scanner.position))
    default:
      let kind = try word()
      return JSON5Value(kind, at: SourceSpan(from: start, to: scanner.position))
    }
  }

  private mutating func array(depth: Int) throws(ScenarioError) -> JSON5Value.Kind {
    let opening = scanner.position
    scanner.advance()
    var elements: [JSON5Value] = []
    while try !closes(with: "]", openedAt: opening) {
      elements.append(try value(depth: depth))
      try separator(before: "]", openedAt: opening)
    }
    return .array(elements)
  }

  private mutating func object(depth: Int) throws(ScenarioError) -> JSON5Value.Kind {
    let opening = scanner.position
    scanner.advance()
    var members: [JSON5Member] = []
    var lines: [String: Int] = [:]
    while try !closes(with: "}", openedAt: opening) {
      let (key, span) = try key()
      if let line = lines.updateValue(span.start.line, forKey: key) {
        throw scanner.failure(
          "the key \"\(key)\" occurs twice", at: span, hint: "first given on line \(line)")
      }
      try colon(after: key)
      members.append(JSON5Member(key: key, keySpan: span, value: try value(depth: depth)))
      try separator(before: "}", openedAt: opening)
    }
    return .object(members)
  }

  /// Whether the list or object ends here; its closing bracket is consumed if so.
  private mutating func closes(
    with bracket: Unicode.Scalar, openedAt opening: SourcePosition
  ) throws(ScenarioError) -> Bool {
    try scanner.skipTrivia()
    if scanner.current == nil { throw unclosed(bracket, openedAt: opening) }
    return scanner.skip(bracket)
  }

  /// Consumes the comma after an element; the closing bracket may stand in its place.
  private mutating func separator(
    before bracket: Unicode.Scalar, openedAt opening: SourcePosition
  ) throws(ScenarioError) {
    try scanner.skipTrivia()
    guard let next = scanner.current else { throw unclosed(bracket, openedAt: opening) }
    if next == bracket || scanner.skip(",") { return }
    throw scanner.failure("expected \",\" or \"\(bracket)\", not \(Self.quoted(next))")
  }

  private func unclosed(
    _ bracket: Unicode.Scalar, openedAt opening: SourcePosition
  ) -> ScenarioError {
    let (noun, opener) = bracket == "]" ? ("a list", "[") : ("an object", "{")
    return scanner.failure(
      "the file ends inside \(noun)", hint: "its \"\(opener)\" is on line \(opening.line)")
  }

  private mutating func colon(after key: String) throws(ScenarioError) {
    try scanner.skipTrivia()
    if scanner.skip(":") { return }
    throw scanner.failure(
      "expected \":\" after the key \"\(key)\"",
      hint: scanner.current == "-" ? "a key that contains \"-\" needs quotes" : nil)
  }

  /// A character as it appears in messages; invisible ones by their number.
  static func quoted(_ scalar: Unicode.Scalar) -> String {
    let category = scalar.properties.generalCategory
    let isVisible = ![.control, .format, .unassigned, .privateUse].contains(category)
    return isVisible ? "\"\(scalar)\"" : "U+" + String(scalar.value, radix: 16, uppercase: true)
  }
}

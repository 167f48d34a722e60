extension JSON5Parser {
  /// Reads a key: an identifier, or text in quotes.
  mutating func key() throws(ScenarioError) -> (name: String, span: SourceSpan) {
    let start = scanner.position
    guard let first = scanner.current else {
      throw scanner.failure("the file ends where a key is expected")
    }
    let name: String
    if first == "\"" || first == "'" {
      name = try string(quote: first)
    } else if Self.beginsIdentifier(first) {
      name = try identifier()
    } else {
      throw scanner.failure(
        "expected a key, not \(Self.quoted(first))",
        hint: ("0"..."9").contains(first) ? "a key that begins with a digit needs quotes" : nil)
    }
    return (name, SourceSpan(from: start, to: scanner.position))
  }

  /// Reads one of the words that are values.
  mutating func word() throws(ScenarioError) -> JSON5Value.Kind {
    let start = scanner.position
    if let first = scanner.current, !Self.beginsIdentifier(first) {
      throw scanner.failure("expected a value, not \(Self.quoted(first))")
    }
    let word = try identifier()
    switch word {
    case "null": return .null
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    case "Infinity", "NaN": return .decimal(word)
    default:
      let hint = Suggestion.hint(for: word, among: ["true", "false", "null"])
      throw scanner.failure(
        "\(word) is not a value", at: SourceSpan(from: start, to: scanner.position),
        hint: hint ?? "text needs quotes: \"\(word)\"")
    }
  }

  private mutating func identifier() throws(ScenarioError) -> String {
    var name = String.UnicodeScalarView()
    while let scalar = scanner.current {
      let start = scanner.position
      let isEscaped = scalar == "\\"
      guard isEscaped || Self.continuesIdentifier(scalar) else { break }
      scanner.advance()
      let part = isEscaped ? try escapedIdentifierPart(from: start) : scalar
      let isAllowed = name.isEmpty ? Self.beginsIdentifier(part) : Self.continuesIdentifier(part)
      guard isAllowed, part != "\\" else {
        throw scanner.failure(
          "\(Self.quoted(part)) cannot be part of a name",
          at: SourceSpan(from: start, to: scanner.position))
      }
      name.append(part)
    }
    return String(name)
  }

  private mutating func escapedIdentifierPart(
    from start: SourcePosition
  ) throws(ScenarioError) -> Unicode.Scalar {
    guard scanner.skip("u") else {
      throw scanner.failure(
        "a name may only contain escapes of the form \\u0041",
        at: SourceSpan(from: start, to: scanner.position))
    }
    return try unicodeEscape(from: start)
  }

  private static func beginsIdentifier(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "$", "_", "\\": return true
    default:
      if scalar.isASCII { return false }
      switch scalar.properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
        .letterNumber:
        return true
      default: return false
      }
    }
  }

  private static func continuesIdentifier(_ scalar: Unicode.Scalar) -> Bool {
    if beginsIdentifier(scalar) { return scalar != "\\" }
    if scalar.isASCII { return ("0"..."9").contains(scalar) }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .decimalNumber, .connectorPunctuation: return true
    default: return scalar == "\u{200C}" || scalar == "\u{200D}"
    }
  }
}

extension JSON5Parser {
  /// Reads text in quotes, from its opening to its closing quote.
  mutating func string(quote: Unicode.Scalar) throws(ScenarioError) -> String {
    let start = scanner.position
    scanner.advance()
    var text = String.UnicodeScalarView()
    while let scalar = scanner.current, scalar != "\n", scalar != "\r" {
      if scanner.skip(quote) { return String(text) }
      if scalar == "\\" {
        if let character = try escape() { text.append(character) }
      } else {
        text.append(scalar)
        scanner.advance()
      }
    }
    throw scanner.failure(
      "this text is not closed on its line",
      at: SourceSpan(from: start, to: scanner.position), hint: "close it with \(quote)")
  }

  /// Reads an escape from its backslash on; nil for an escaped line break, which adds nothing.
  private mutating func escape() throws(ScenarioError) -> Unicode.Scalar? {
    let start = scanner.position
    scanner.advance()
    guard let scalar = scanner.current else {
      throw scanner.failure("the file ends inside an escape")
    }
    scanner.advance()
    switch scalar {
    case "b": return "\u{08}"
    case "f": return "\u{0C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "v": return "\u{0B}"
    case "x": return Unicode.Scalar(UInt8(truncatingIfNeeded: try hexadecimal(2, from: start)))
    case "u": return try unicodeEscape(from: start)
    case "0"..."9": return try null(scalar, from: start)
    case "\r":
      _ = scanner.skip("\n")
      return nil
    case "\n", "\u{2028}", "\u{2029}": return nil
    default: return scalar
    }
  }

  /// Reads what follows `\u`: four digits, or two such escapes that form a surrogate pair.
  mutating func unicodeEscape(
    from start: SourcePosition
  ) throws(ScenarioError) -> Unicode.Scalar {
    let first = try hexadecimal(4, from: start)
    if let scalar = Unicode.Scalar(first) { return scalar }
    if first < 0xDC00, scanner.current == "\\", scanner.peek(1) == "u" {
      scanner.advance()
      scanner.advance()
      let second = try hexadecimal(4, from: start)
      let low = (0xDC00...0xDFFF).contains(second) ? second - 0xDC00 : nil
      if let low, let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + low) {
        return scalar
      }
    }
    throw scanner.failure(
      "half of a surrogate pair is not a character",
      at: SourceSpan(from: start, to: scanner.position))
  }

  private mutating func hexadecimal(
    _ count: Int, from start: SourcePosition
  ) throws(ScenarioError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<count {
      guard let scalar = scanner.current, let digit = Character(scalar).hexDigitValue,
        scalar.isASCII
      else {
        throw scanner.failure(
          "this escape needs \(count) hexadecimal digits",
          at: SourceSpan(from: start, to: scanner.position))
      }
      value = value << 4 | UInt32(digit)
      scanner.advance()
    }
    return value
  }

  /// The null character for `\0`; every other escaped digit would be an octal escape.
  private func null(
    _ digit: Unicode.Scalar, from start: SourcePosition
  ) throws(ScenarioError) -> Unicode.Scalar {
    let next = scanner.current ?? " "
    if digit == "0" && !("0"..."9").contains(next) { return "\0" }
    throw scanner.failure(
      "JSON5 has no octal escapes", at: SourceSpan(from: start, to: scanner.position),
      hint: "write \\x and two hexadecimal digits")
  }
}

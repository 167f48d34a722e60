extension EDNReader {
  /// Reads a number, keyword, symbol or one of the words `nil`, `true` and `false`.
  mutating func atom() throws(HistoryError) -> EDNValue.Form {
    let start = source.offset
    let word = source.take { !$0.endsAtom }
    switch word {
    case "nil": return .none
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    default: break
    }
    if word.utf8.first == UInt8(ascii: ":") {
      guard word.utf8.count > 1 else {
        throw source.error(
          at: start, message: "a keyword needs a name", fix: "write it without a space")
      }
      return .keyword(String(word.dropFirst()))
    }
    let isSigned = word.utf8.first == UInt8(ascii: "-") || word.utf8.first == UInt8(ascii: "+")
    guard word.utf8.dropFirst(isSigned ? 1 : 0).first?.isDigit == true else { return .symbol(word) }
    // `9N` and `9M` are whole numbers of arbitrary size and precision.
    let hasSuffix = word.utf8.last == UInt8(ascii: "N") || word.utf8.last == UInt8(ascii: "M")
    return Int64(hasSuffix ? String(word.dropLast()) : word).map { .integer($0) } ?? .number(word)
  }

  /// Reads a string in double quotes.
  mutating func string() throws(HistoryError) -> String {
    let start = source.offset
    source.offset += 1
    var text = ""
    while true {
      text += source.take { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
      if source.skip(UInt8(ascii: "\"")) { return text }
      guard source.next != nil else {
        throw source.error(
          at: start, message: "this string is never closed", fix: "add the missing \"")
      }
      text.unicodeScalars.append(try escape())
    }
  }

  private mutating func escape() throws(HistoryError) -> Unicode.Scalar {
    let start = source.offset
    source.offset += 1
    let letter = source.next
    source.offset += 1
    switch letter {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "u"):
      if let scalar = source.takeUnicodeEscape() { return scalar }
    default: break
    }
    throw source.error(
      at: start, message: "unknown escape in a string", fix: #"use \n \t \r \b \f \" \\ or \u0041"#)
  }

  /// Reads a character such as `\a`, `\newline` or `\u0041`, as a text of one character.
  mutating func character() throws(HistoryError) -> String {
    let start = source.offset
    source.offset += 1
    let first = source.offset
    // The first character counts whatever it is: `\;` is a semicolon, not a comment.
    source.offset = min(first + 1, source.bytes.count)
    _ = source.take { !$0.endsAtom }
    let word = source.text(first..<source.offset)
    switch word {
    case "newline": return "\n"
    case "return": return "\r"
    case "space": return " "
    case "tab": return "\t"
    case "backspace": return "\u{8}"
    case "formfeed": return "\u{C}"
    default: break
    }
    if word.count == 1 { return word }
    if word.utf8.first == UInt8(ascii: "u"), let code = UInt32(word.dropFirst(), radix: 16),
      let scalar = Unicode.Scalar(code)
    {
      return String(Character(scalar))
    }
    throw source.error(
      at: start, message: "unknown character \\\(word)", fix: #"write \a, \newline or \u0041"#)
  }
}

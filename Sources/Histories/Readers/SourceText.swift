/// The bytes of a file, with a place to read on and errors that say where they are.
struct SourceText {
  /// Nesting beyond this depth is an error, so that no input can exhaust the stack.
  static var maximumDepth: Int { 100 }

  /// What some editors put before the text of a file in UTF-8.
  private static var byteOrderMark: [UInt8] { [0xEF, 0xBB, 0xBF] }

  let bytes: [UInt8]
  /// The next byte to read.
  var offset = 0

  /// Stands at the beginning of a text, after its byte order mark.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: Self.byteOrderMark) { offset = Self.byteOrderMark.count }
  }

  /// The next byte, or nil at the end.
  var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  /// The byte after the next one, or nil at the end.
  var second: UInt8? { offset + 1 < bytes.count ? bytes[offset + 1] : nil }

  /// Passes bytes as long as they satisfy a condition and returns them as text.
  mutating func take(while condition: (UInt8) -> Bool) -> String {
    let start = offset
    while let byte = next, condition(byte) { offset += 1 }
    return text(start..<offset)
  }

  /// Passes the next byte if it is the given one.
  mutating func skip(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    offset += 1
    return true
  }

  /// Passes white space.
  mutating func skipSpace() {
    while let byte = next, byte.isSpace { offset += 1 }
  }

  /// Passes what is left of the line, but not the end of the line itself.
  mutating func skipLine() {
    while let byte = next, byte != UInt8(ascii: "\n") { offset += 1 }
  }

  /// The text in a range of offsets.
  func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  /// An error at an offset; lines and columns are only counted here, in one pass over the text.
  func error(at place: Int, message: String, fix: String) -> HistoryError {
    var line = 1
    var column = 1
    let start = bytes.starts(with: Self.byteOrderMark) ? Self.byteOrderMark.count : 0
    for byte in bytes[min(start, place)..<min(place, bytes.count)] {
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    return HistoryError(line: line, column: column, message: message, fix: fix)
  }

  /// Reads four hexadecimal digits, as in a `\u` escape.
  mutating func takeHexadecimal() -> UInt32? {
    guard offset + 4 <= bytes.count else { return nil }
    var code: UInt32 = 0
    for byte in bytes[offset..<offset + 4] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
      code = code << 4 | UInt32(digit)
    }
    offset += 4
    return code
  }

  /// Reads what follows `\u`: one Unicode scalar, from two escapes if it is a surrogate pair.
  mutating func takeUnicodeEscape() -> Unicode.Scalar? {
    guard let first = takeHexadecimal() else { return nil }
    guard (0xD800..<0xDC00).contains(first) else { return Unicode.Scalar(first) }
    guard skip(UInt8(ascii: "\\")), skip(UInt8(ascii: "u")), let second = takeHexadecimal(),
      (0xDC00..<0xE000).contains(second)
    else { return nil }
    return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
  }
}

extension UInt8 {
  /// Whether the byte is white space in every format read here.
  var isSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }

  /// Whether the byte is a decimal digit.
  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

  /// Whether the byte is a letter of ASCII.
  var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
}

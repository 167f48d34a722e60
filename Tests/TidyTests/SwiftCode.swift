/// A Swift source text in which comments and strings are blank, so that only code is left.
///
/// Lines keep their numbers and columns. Interpolated code inside strings is blank as well.
struct SwiftCode: Sendable, ExpressibleByStringLiteral {
  /// The lines of code.
  let lines: [Substring]
  /// The names, keywords and signs of the code, in order.
  let tokens: [String]
  private let vocabulary: Set<String>

  init(_ source: String) {
    var blanker = Blanker(source)
    let bytes = blanker.blanked()
    lines = String(decoding: bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
    tokens = Self.tokens(of: bytes)
    vocabulary = Set(tokens)
  }

  init(stringLiteral source: String) {
    self.init(source)
  }

  private static func tokens(of bytes: [UInt8]) -> [String] {
    var tokens: [String] = []
    var word: [UInt8] = []
    for byte in bytes + [UInt8(ascii: " ")] {
      if isPartOfWord(byte) {
        word.append(byte)
        continue
      }
      if !word.isEmpty { tokens.append(String(decoding: word, as: UTF8.self)) }
      word.removeAll()
      if byte > UInt8(ascii: " ") { tokens.append(String(UnicodeScalar(byte))) }
    }
    return tokens
  }

  private static func isPartOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), 128...: true
    default: false
    }
  }

  /// Whether some code occurs as whole words: `a.b(` is found in `a . b(c)` but not in `aa.b(`.
  func contains(_ phrase: String) -> Bool {
    let phrase = SwiftCode(phrase).tokens
    guard tokens.count >= phrase.count, vocabulary.isSuperset(of: phrase) else { return false }
    return tokens.indices.dropLast(phrase.count - 1).contains { start in
      tokens[start] == phrase[0]
        && Array(tokens[start..<start + phrase.count]) == phrase
    }
  }
}

/// Replaces comments and strings by blanks.
private struct Blanker {
  private static let newline = UInt8(ascii: "\n")

  private let rest: [UInt8]
  private var position = 0
  private var result: [UInt8] = []

  init(_ source: String) {
    rest = Array(source.utf8)
    result.reserveCapacity(rest.count)
  }

  mutating func blanked() -> [UInt8] {
    while position < rest.count {
      if !"/\"#".utf8.contains(rest[position]) {
        result.append(rest[position])
        position += 1
      } else if starts(with: "//") {
        while position < rest.count, rest[position] != Self.newline { blank(1) }
      } else if starts(with: "/*") {
        blankComment()
      } else if let delimiter = stringDelimiter {
        blankString(delimiter)
      } else {
        result.append(rest[position])
        position += 1
      }
    }
    return result
  }

  private func starts(with text: String) -> Bool {
    rest[position...].starts(with: text.utf8)
  }

  private mutating func blank(_ count: Int) {
    for _ in 0..<count where position < rest.count {
      result.append(rest[position] == Self.newline ? Self.newline : UInt8(ascii: " "))
      position += 1
    }
  }

  private mutating func blankComment() {
    var depth = 0
    repeat {
      if starts(with: "/*") {
        depth += 1
        blank(2)
      } else if starts(with: "*/") {
        depth -= 1
        blank(2)
      } else {
        blank(1)
      }
    } while depth > 0 && position < rest.count
  }

  /// How the string that begins here is delimited: its hashes and quotes.
  private var stringDelimiter: (hashes: String, quotes: String)? {
    var end = position
    while end < rest.count, rest[end] == UInt8(ascii: "#") { end += 1 }
    guard end < rest.count, rest[end] == UInt8(ascii: "\"") else { return nil }
    let isLong = rest[end...].starts(with: "\"\"\"".utf8)
    return (String(repeating: "#", count: end - position), isLong ? "\"\"\"" : "\"")
  }

  private mutating func blankString(_ delimiter: (hashes: String, quotes: String)) {
    blank(delimiter.hashes.count + delimiter.quotes.count)
    while position < rest.count, !starts(with: delimiter.quotes + delimiter.hashes) {
      if starts(with: "\\" + delimiter.hashes + "(") {
        blank(2 + delimiter.hashes.count)
        blankInterpolation()
      } else {
        blank(starts(with: "\\") && delimiter.hashes.isEmpty ? 2 : 1)
      }
    }
    blank(delimiter.quotes.count + delimiter.hashes.count)
  }

  private mutating func blankInterpolation() {
    var depth = 1
    while depth > 0, position < rest.count {
      if let delimiter = stringDelimiter {
        blankString(delimiter)
        continue
      }
      if starts(with: "(") { depth += 1 }
      if starts(with: ")") { depth -= 1 }
      blank(1)
    }
  }
}

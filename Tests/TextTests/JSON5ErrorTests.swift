import Testing

@testable import Text

/// What the parser refuses: each kind of mistake with its exact place and words.
struct JSON5ErrorTests {
  struct Mistake: CustomTestStringConvertible {
    let text: String
    let line: Int
    let column: Int
    let width: Int
    let message: String
    let hint: String?

    init(
      _ text: String, _ line: Int, _ column: Int, _ width: Int, _ message: String,
      _ hint: String? = nil
    ) {
      self.text = text
      self.line = line
      self.column = column
      self.width = width
      self.message = message
      self.hint = hint
    }

    var testDescription: String { text }
  }

  private static let structure: [Mistake] = [
    Mistake("", 1, 1, 1, "the file ends where a value is expected"),
    Mistake("{} x", 1, 4, 1, "\"x\" after the end of the document"),
    Mistake("{\n  a: 1\n  b: 2}", 3, 3, 1, "expected \",\" or \"}\", not \"b\""),
    Mistake("[1 2]", 1, 4, 1, "expected \",\" or \"]\", not \"2\""),
    Mistake("[,]", 1, 2, 1, "expected a value, not \",\""),
    Mistake("{,}", 1, 2, 1, "expected a key, not \",\""),
    Mistake("{a: }", 1, 5, 1, "expected a value, not \"}\""),
    Mistake("{a = 1}", 1, 4, 1, "expected \":\" after the key \"a\""),
    Mistake(
      "{one-way: 1}", 1, 5, 1, "expected \":\" after the key \"one\"",
      "a key that contains \"-\" needs quotes"),
    Mistake(
      "{1: 2}", 1, 2, 1, "expected a key, not \"1\"",
      "a key that begins with a digit needs quotes"),
    Mistake("{a: [1,", 1, 8, 1, "the file ends inside a list", "its \"[\" is on line 1"),
    Mistake("\n{a: 1\n", 3, 1, 1, "the file ends inside an object", "its \"{\" is on line 2"),
    Mistake("{a: 1,\n b: 2, a: 3}", 2, 8, 1, "the key \"a\" occurs twice", "first given on line 1"),
    Mistake("/* x", 1, 1, 2, "this comment is never closed", "close it with */"),
    Mistake(
      "/ x", 1, 1, 1, "a single \"/\" means nothing here", "comments begin with // or /*"),
    Mistake("\u{7}", 1, 1, 1, "expected a value, not U+7"),
    Mistake("True", 1, 1, 4, "True is not a value", "did you mean \"true\"?"),
    Mistake("{a: leader}", 1, 5, 6, "leader is not a value", "text needs quotes: \"leader\""),
    Mistake(#"{\x41: 1}"#, 1, 2, 1, "a name may only contain escapes of the form \\u0041"),
    Mistake(#"{a\u002d: 1}"#, 1, 3, 6, "\"-\" cannot be part of a name"),
  ]

  private static let texts: [Mistake] = [
    Mistake("{a: 'b\n'}", 1, 5, 2, "this text is not closed on its line", "close it with '"),
    Mistake("\"abc", 1, 1, 4, "this text is not closed on its line", "close it with \""),
    Mistake(#""a\"#, 1, 4, 1, "the file ends inside an escape"),
    Mistake(#""a\x4g""#, 1, 3, 3, "this escape needs 2 hexadecimal digits"),
    Mistake(#""\u12""#, 1, 2, 4, "this escape needs 4 hexadecimal digits"),
    Mistake(#""\ud800\u0041""#, 1, 2, 12, "half of a surrogate pair is not a character"),
    Mistake(#""\udc00""#, 1, 2, 6, "half of a surrogate pair is not a character"),
    Mistake(
      #""\012""#, 1, 2, 2, "JSON5 has no octal escapes", "write \\x and two hexadecimal digits"),
  ]

  private static let numbers: [Mistake] = [
    Mistake(
      "{a: 1_000}", 1, 5, 5, "1_000 has underscores, which JSON5 does not know", "write 1000"),
    Mistake("[50ms]", 1, 2, 4, "50ms is not a number", "text needs quotes: \"50ms\""),
    Mistake("012", 1, 1, 3, "012 begins with a zero", "write 12"),
    Mistake("00", 1, 1, 2, "00 begins with a zero", "write 0"),
    Mistake("18446744073709551616", 1, 1, 20, "18446744073709551616 does not fit into 64 bits"),
    Mistake("-9223372036854775809", 1, 1, 20, "-9223372036854775809 does not fit into 64 bits"),
    Mistake("0xZ", 1, 1, 3, "0xZ is not a hexadecimal number"),
    Mistake("0x", 1, 1, 2, "0x is not a hexadecimal number"),
    Mistake("1.2.3", 1, 1, 5, "1.2.3 is not a number"),
    Mistake("-", 1, 1, 1, "- is not a number"),
    Mistake("1e", 1, 1, 2, "1e is not a number", "text needs quotes: \"1e\""),
  ]

  @Test(arguments: structure + texts + numbers)
  func `every mistake is reported at its exact place`(mistake: Mistake) {
    let source = SourceText(mistake.text, file: "test.json5")
    let expected = ScenarioError(
      in: source,
      at: SourceSpan(
        start: SourcePosition(line: mistake.line, column: mistake.column), width: mistake.width),
      mistake.message, hint: mistake.hint)
    #expect(throws: expected) { try JSON5Parser.parse(source) }
  }

  @Test func `nesting beyond the bound is refused, not followed`() {
    let source = SourceText(String(repeating: "[", count: 100_000), file: "deep.json5")
    let error = #expect(throws: ScenarioError.self) { try JSON5Parser.parse(source) }
    #expect(error?.message == "nested more than 64 levels deep")
    #expect(error?.position == SourcePosition(line: 1, column: 65))
  }

  @Test func `bytes that are not UTF-8 are reported at the first bad one`() {
    let error = #expect(throws: ScenarioError.self) {
      try SourceText(bytes: Array("{\n a".utf8) + [0xFF, 0x7D], file: "bad.json5")
    }
    #expect(error?.message == "the file is not UTF-8 text from here on")
    #expect(error?.position == SourcePosition(line: 2, column: 3))
  }
}

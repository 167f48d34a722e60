import Testing

@testable import Text

/// What the parser reads correctly; `JSON5ErrorTests` covers what it refuses.
struct JSON5ParserTests {
  private func parse(_ text: String) throws -> JSON5Value.Kind {
    try JSON5Parser.parse(SourceText(text, file: "test.json5")).kind
  }

  private func members(_ text: String) throws -> [JSON5Member] {
    guard case .object(let members) = try parse(text) else { return [] }
    return members
  }

  @Test func `the short example of the JSON5 site is read whole`() throws {
    let text = #"""
      {
        // comments
        unquoted: 'and you can quote me on that',
        singleQuotes: 'I can use "double quotes" here',
        lineBreaks: "Look, Mom! \
      No \\n's!",
        hexadecimal: 0xdecaf,
        leadingDecimalPoint: .8675309, andTrailing: 8675309.,
        positiveSign: +1,
        trailingComma: 'in objects', andIn: ['arrays',],
        "backwardsCompatible": "with JSON",
      }
      """#
    let members = try members(text)
    #expect(
      members.map(\.key) == [
        "unquoted", "singleQuotes", "lineBreaks", "hexadecimal", "leadingDecimalPoint",
        "andTrailing", "positiveSign", "trailingComma", "andIn", "backwardsCompatible",
      ])
    #expect(members[2].value.kind == .string("Look, Mom! No \\n's!"))
    #expect(members[3].value.kind == .integer(0xdecaf))
    #expect(members[4].value.kind == .decimal(".8675309"))
    #expect(members[5].value.kind == .decimal("8675309."))
    #expect(members[6].value.kind == .integer(1))
  }

  @Test func `integers are exact to the ends of both 64-bit ranges`() throws {
    #expect(try parse("18446744073709551615") == .integer(Int128(UInt64.max)))
    #expect(try parse("0xFFFFFFFFFFFFFFFF") == .integer(Int128(UInt64.max)))
    #expect(try parse("-9223372036854775808") == .integer(Int128(Int64.min)))
    #expect(try parse("-0x10") == .integer(-16))
    #expect(try parse("-0") == .integer(0))
  }

  @Test(arguments: ["0.01", "1e3", "1E-7", ".5", "5.", "-Infinity", "+NaN", "NaN", "0e0"])
  func `other numbers keep their text`(text: String) throws {
    #expect(try parse(text) == .decimal(text))
  }

  @Test func `every escape means its character`() throws {
    #expect(try parse(#""\b\f\n\r\t\v\0\'\"\\\/\q""#) == .string("\u{8}\u{c}\n\r\t\u{b}\0'\"\\/q"))
    #expect(try parse(#"'\x41\u00e9\ud83d\ude00'"#) == .string("Aé😀"))
    #expect(try parse("'a\\\r\nb\\\u{2028}c'") == .string("abc"))
  }

  @Test func `identifiers may hold letters of any script and escapes`() throws {
    #expect(
      try members(#"{$_a1: 1, größe: 2, \u0061b: 3, null: 4}"#).map(\.key)
        == ["$_a1", "größe", "ab", "null"])
  }

  @Test func `white space of every kind and a byte order mark are skipped`() throws {
    #expect(
      try parse("\u{FEFF}\u{0B}\u{0C}\u{A0}\u{2003} /* * */ // x\u{2028} true") == .boolean(true))
    #expect(try parse("null // to the end") == .null)
  }

  @Test func `keys and values know their line, column and width`() throws {
    let members = try members("{\r\n\tname: 'kv', // ü\r  'é́x': [1],\n}")
    #expect(members[0].keySpan == SourceSpan(start: .init(line: 2, column: 2), width: 4))
    #expect(members[0].value.span == SourceSpan(start: .init(line: 2, column: 8), width: 4))
    #expect(members[1].keySpan == SourceSpan(start: .init(line: 3, column: 3), width: 4))
    #expect(members[1].value.span == SourceSpan(start: .init(line: 3, column: 9), width: 1))
  }

  @Test func `nesting is read down to the bound`() throws {
    let depth = JSON5Parser.maximumDepth
    let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    _ = try parse(text)
  }
}

/// Reads the forms of an EDN text one after the other.
///
/// Understands everything that Jepsen prints: maps, vectors, lists, sets, strings, characters,
/// keywords, symbols, numbers, comments, discarded forms and tags (a tag is passed over).
struct EDNReader {
  var source: SourceText

  init(_ bytes: [UInt8]) {
    source = SourceText(bytes)
  }

  /// Reads on where a source stands.
  init(_ source: SourceText) {
    self.source = source
  }

  /// The offset of the next form, after anything that does not count.
  mutating func nextOffset() throws(HistoryError) -> Int {
    try skipFiller(depth: 0)
    return source.offset
  }

  /// Passes the next byte if it is the given one; for brackets whose content is read form by form.
  mutating func skip(_ byte: UInt8) -> Bool { source.skip(byte) }

  /// Reads the next form, or returns nil at the end of the text or before a closing bracket.
  mutating func next(depth: Int = 0) throws(HistoryError) -> EDNValue? {
    guard depth <= SourceText.maximumDepth else {
      throw source.error(
        at: source.offset, message: "forms are nested more than \(SourceText.maximumDepth) deep",
        fix: "flatten the value")
    }
    try skipFiller(depth: depth)
    let start = source.offset
    guard let byte = source.next, !byte.isClosing else { return nil }
    switch byte {
    case UInt8(ascii: "["):
      return EDNValue(
        offset: start, form: .list(try elements(until: UInt8(ascii: "]"), depth: depth)))
    case UInt8(ascii: "("):
      return EDNValue(
        offset: start, form: .list(try elements(until: UInt8(ascii: ")"), depth: depth)))
    case UInt8(ascii: "{"): return try map(depth)
    case UInt8(ascii: "\""): return EDNValue(offset: start, form: .text(try string()))
    case UInt8(ascii: "\\"): return EDNValue(offset: start, form: .text(try character()))
    case UInt8(ascii: "#"): return try dispatch(depth)
    default: return EDNValue(offset: start, form: try atom())
    }
  }

  /// Passes white space, commas, comments and discarded forms.
  private mutating func skipFiller(depth: Int) throws(HistoryError) {
    while let byte = source.next {
      if byte.isSpace || byte == UInt8(ascii: ",") {
        source.offset += 1
      } else if byte == UInt8(ascii: ";") {
        source.skipLine()
      } else if byte == UInt8(ascii: "#"), source.second == UInt8(ascii: "_") {
        let start = source.offset
        source.offset += 2
        guard try next(depth: depth + 1) != nil else {
          throw source.error(at: start, message: "#_ discards nothing", fix: "remove it")
        }
      } else {
        return
      }
    }
  }

  /// Reads what stands between the bracket that comes next and its counterpart.
  private mutating func elements(
    until closing: UInt8, depth: Int
  ) throws(HistoryError) -> [EDNValue] {
    let start = source.offset
    source.offset += 1
    var elements: [EDNValue] = []
    while let element = try next(depth: depth + 1) { elements.append(element) }
    try close(closing, openedAt: start)
    return elements
  }

  private mutating func map(_ depth: Int) throws(HistoryError) -> EDNValue {
    let start = source.offset
    source.offset += 1
    var entries: [(key: EDNValue, value: EDNValue)] = []
    while let key = try next(depth: depth + 1) {
      guard let value = try next(depth: depth + 1) else {
        throw source.error(
          at: key.offset, message: "this key has no value",
          fix: "give the map an even number of forms")
      }
      entries.append((key, value))
    }
    try close(UInt8(ascii: "}"), openedAt: start)
    return EDNValue(offset: start, form: .map(entries))
  }

  /// Passes a closing bracket, or explains which one is missing.
  mutating func close(_ bracket: UInt8, openedAt start: Int) throws(HistoryError) {
    guard !source.skip(bracket) else { return }
    let name = Character(Unicode.Scalar(bracket))
    let opening = Character(Unicode.Scalar(source.bytes[start]))
    guard let found = source.next else {
      throw source.error(
        at: start, message: "this \(opening) is never closed", fix: "add the missing \(name)")
    }
    throw source.error(
      at: source.offset,
      message: "found \(Character(Unicode.Scalar(found))) where \(name) should be",
      fix: "close the \(opening) first")
  }

  /// Reads a form that begins with `#`: a set, a symbolic number or a tagged form.
  private mutating func dispatch(_ depth: Int) throws(HistoryError) -> EDNValue {
    let start = source.offset
    source.offset += 1
    if source.next == UInt8(ascii: "{") {
      return EDNValue(
        offset: start, form: .set(try elements(until: UInt8(ascii: "}"), depth: depth)))
    }
    if source.skip(UInt8(ascii: "#")) {
      return EDNValue(offset: start, form: .number("##" + source.take { !$0.endsAtom }))
    }
    let tag = source.take { !$0.endsAtom }
    guard !tag.isEmpty, let tagged = try next(depth: depth + 1) else {
      throw source.error(
        at: start, message: "# begins neither a set nor a tagged form",
        fix: "write #{…} or #tag form")
    }
    return tagged
  }
}

extension UInt8 {
  /// Whether the byte closes a collection.
  fileprivate var isClosing: Bool {
    self == UInt8(ascii: "]") || self == UInt8(ascii: ")") || self == UInt8(ascii: "}")
  }

  /// Whether the byte cannot be part of a number, keyword or symbol.
  var endsAtom: Bool {
    isSpace || isClosing || self == UInt8(ascii: "[") || self == UInt8(ascii: "(")
      || self == UInt8(ascii: "{") || self == UInt8(ascii: "\"") || self == UInt8(ascii: ",")
      || self == UInt8(ascii: ";")
  }
}

/// Reads JSON values one after the other, as the forms of EDN that they correspond to.
///
/// Objects become maps whose keys are keywords, or integers if they look like integers; `null`
/// becomes `nil`. Strict: no comments, no trailing commas.
struct JSONReader {
  var source: SourceText
  /// Where the array began whose elements are read one by one.
  private var openArray: Int?

  init(_ bytes: [UInt8]) {
    source = SourceText(bytes)
  }

  /// Reads the next value, or returns nil at the end of the text.
  mutating func next() throws(HistoryError) -> EDNValue? {
    source.skipSpace()
    return source.next == nil ? nil : try value(depth: 0)
  }

  /// Reads the next value of a text that is either one array or a sequence of objects.
  mutating func nextElement() throws(HistoryError) -> EDNValue? {
    source.skipSpace()
    if let start = openArray {
      if source.skip(UInt8(ascii: ",")) { return try value(depth: 1) }
      try close(UInt8(ascii: "]"), openedAt: start)
      openArray = nil
    } else if source.next == UInt8(ascii: "[") {
      openArray = source.offset
      source.offset += 1
      source.skipSpace()
      if source.next != UInt8(ascii: "]") { return try value(depth: 1) }
      return try nextElement()
    }
    return try next()
  }

  private mutating func value(depth: Int) throws(HistoryError) -> EDNValue {
    source.skipSpace()
    let start = source.offset
    guard depth < SourceText.maximumDepth else {
      throw source.error(
        at: start, message: "values are nested more than \(SourceText.maximumDepth) deep",
        fix: "flatten the value")
    }
    switch source.next {
    case UInt8(ascii: "{"): return try object(depth)
    case UInt8(ascii: "["): return try array(depth)
    case UInt8(ascii: "\""):
      var strings = EDNReader(source)
      let text = try strings.string()
      source = strings.source
      return EDNValue(offset: start, form: .text(text))
    default: return EDNValue(offset: start, form: try scalar())
    }
  }

  private mutating func scalar() throws(HistoryError) -> EDNValue.Form {
    let start = source.offset
    let word = source.take { !$0.endsAtom && $0 != UInt8(ascii: ":") }
    switch word {
    case "null": return .none
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    default: break
    }
    if let number = Int64(word), word.utf8.first != UInt8(ascii: "+") { return .integer(number) }
    let isNumber = word.utf8.first == UInt8(ascii: "-") || word.utf8.first?.isDigit == true
    guard isNumber else {
      throw source.error(
        at: start, message: "a JSON value should be here", fix: "add a value, or null")
    }
    return .number(word)
  }

  private mutating func array(_ depth: Int) throws(HistoryError) -> EDNValue {
    let start = source.offset
    source.offset += 1
    var elements: [EDNValue] = []
    source.skipSpace()
    if source.skip(UInt8(ascii: "]")) { return EDNValue(offset: start, form: .list([])) }
    repeat {
      elements.append(try value(depth: depth + 1))
      source.skipSpace()
    } while source.skip(UInt8(ascii: ","))
    try close(UInt8(ascii: "]"), openedAt: start)
    return EDNValue(offset: start, form: .list(elements))
  }

  private mutating func object(_ depth: Int) throws(HistoryError) -> EDNValue {
    let start = source.offset
    source.offset += 1
    var entries: [(key: EDNValue, value: EDNValue)] = []
    source.skipSpace()
    if source.skip(UInt8(ascii: "}")) { return EDNValue(offset: start, form: .map([])) }
    repeat {
      let key = try value(depth: depth + 1)
      guard case .text(let name) = key.form else {
        throw source.error(at: key.offset, message: "a key is a string", fix: "put it in quotes")
      }
      source.skipSpace()
      guard source.skip(UInt8(ascii: ":")) else {
        throw source.error(
          at: source.offset, message: "a colon should follow the key \"\(name)\"", fix: "add it")
      }
      let value = try value(depth: depth + 1)
      let isNumber = name.utf8.last?.isDigit == true
      let number = isNumber ? Int64(name).flatMap { String($0) == name ? $0 : nil } : nil
      let form = number.map(EDNValue.Form.integer) ?? .keyword(name)
      entries.append((EDNValue(offset: key.offset, form: form), value))
      source.skipSpace()
    } while source.skip(UInt8(ascii: ","))
    try close(UInt8(ascii: "}"), openedAt: start)
    return EDNValue(offset: start, form: .map(entries))
  }

  private mutating func close(_ bracket: UInt8, openedAt start: Int) throws(HistoryError) {
    guard !source.skip(bracket) else { return }
    let opening = Character(Unicode.Scalar(source.bytes[start]))
    let closing = Character(Unicode.Scalar(bracket))
    guard source.next != nil else {
      throw source.error(
        at: start, message: "this \(opening) is never closed", fix: "add the missing \(closing)")
    }
    throw source.error(
      at: source.offset, message: "a comma or \(closing) should be here",
      fix: "separate the elements, or close the \(opening)")
  }
}

/// A value as Rust prints it for debugging: `Write('B')`, `PopOk(Some(10))`, `Len`.
struct RustNotation {
  /// A name with arguments, such as `Write('B')`.
  struct Call {
    var name: String
    var arguments: [Value]
  }

  private var source: SourceText
  /// The file that the text is from, and where it begins there.
  private let file: SourceText
  private let start: Int

  /// Reads the text of a JSON string that begins at an offset of a file.
  ///
  /// A string with escapes is longer in the file than here, so that errors can point a little to
  /// the left of where they are, but never outside the string.
  static func call(
    _ text: String, at start: Int, of file: SourceText
  ) throws(HistoryError) -> Call {
    var notation = RustNotation(
      source: SourceText(Array(text.utf8)), file: file, start: start + 1)
    let call = try notation.call()
    notation.source.skipSpace()
    guard notation.source.next == nil else {
      throw notation.error("something follows \(call.name)", fix: "remove it")
    }
    return call
  }

  private mutating func call() throws(HistoryError) -> Call {
    source.skipSpace()
    guard source.next?.isLetter == true else {
      throw error("a name should be here", fix: "write a call such as Write('B')")
    }
    let name = source.take { $0.belongsToVariable }
    guard source.skip(UInt8(ascii: "(")) else { return Call(name: name, arguments: []) }
    return Call(name: name, arguments: try values(until: UInt8(ascii: ")"), depth: 0))
  }

  /// Reads values with commas between them, and the bracket that closes them.
  private mutating func values(until closing: UInt8, depth: Int) throws(HistoryError) -> [Value] {
    guard depth < SourceText.maximumDepth else {
      throw error("values are nested too deep", fix: "flatten them")
    }
    var values: [Value] = []
    source.skipSpace()
    while !source.skip(closing) {
      values.append(try value(depth: depth + 1))
      source.skipSpace()
      guard source.skip(UInt8(ascii: ",")) || source.next == closing else {
        throw error(
          "a comma or \(Unicode.Scalar(closing)) should be here", fix: "add it")
      }
      source.skipSpace()
    }
    return values
  }

  private mutating func value(depth: Int) throws(HistoryError) -> Value {
    switch source.next {
    case UInt8(ascii: "'"), UInt8(ascii: "\""): return .text(try quoted())
    case UInt8(ascii: "["):
      source.offset += 1
      return .list(try values(until: UInt8(ascii: "]"), depth: depth))
    case UInt8(ascii: "("):
      source.offset += 1
      let elements = try values(until: UInt8(ascii: ")"), depth: depth)
      return elements.isEmpty ? .none : .list(elements)
    case let byte? where byte.isDigit || byte == UInt8(ascii: "-"):
      let digits = source.take { $0.isDigit || $0 == UInt8(ascii: "-") }
      if let number = Int64(digits) { return .integer(number) }
    case let byte? where byte.isLetter: return try word(depth: depth)
    default: break
    }
    throw error(
      "a value should be here", fix: "write a number, 'c', \"text\", None, Some(…) or a list")
  }

  /// Reads `true`, `false`, `None`, `Some(value)`, or a name, which becomes a keyword.
  private mutating func word(depth: Int) throws(HistoryError) -> Value {
    let name = source.take { $0.belongsToVariable }
    guard source.skip(UInt8(ascii: "(")) else {
      switch name {
      case "true": return .boolean(true)
      case "false": return .boolean(false)
      case "None": return .none
      default: return .keyword(name)
      }
    }
    let arguments = try values(until: UInt8(ascii: ")"), depth: depth)
    if name == "Some", arguments.count == 1 { return arguments[0] }
    return .list([.keyword(name)] + arguments)
  }

  /// Reads a character or a string in its quotes.
  private mutating func quoted() throws(HistoryError) -> String {
    guard let quote = source.next else { return "" }
    source.offset += 1
    var text = ""
    while true {
      text += source.take { $0 != quote && $0 != UInt8(ascii: "\\") }
      if source.skip(quote) { return text }
      guard source.skip(UInt8(ascii: "\\")) else {
        throw error("this text is never closed", fix: "add the missing \(Unicode.Scalar(quote))")
      }
      text.append(try escape())
    }
  }

  private mutating func escape() throws(HistoryError) -> Character {
    let letter = source.next
    source.offset += 1
    switch letter {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "0"): return "\0"
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "'"): return "'"
    case UInt8(ascii: "\""): return "\""
    default:
      source.offset -= 1
      throw error("unknown escape", fix: #"use \n \t \r \0 \\ \' or \""#)
    }
  }

  private func error(_ message: String, fix: String) -> HistoryError {
    file.error(at: start + source.offset, message: message, fix: fix)
  }
}

extension UInt8 {
  /// Whether the byte can be part of a name of Rust or of dbcop.
  var belongsToVariable: Bool {
    isLetter || isDigit || self == UInt8(ascii: "_") || self >= 0x80
  }
}

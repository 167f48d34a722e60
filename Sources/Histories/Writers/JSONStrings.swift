/// How strings of JSON stand for both strings and keywords.
enum JSONStrings {
  /// Both are written as they are; a reader cannot tell them apart.
  case plain
  /// A keyword begins with a colon, a string that would begin with `:` or `'` with one more `'`.
  case marked

  /// Appends a value as JSON.
  func append(_ value: Value, to text: inout String) {
    switch value {
    case .none: text += "null"
    case .boolean(let flag): text += flag ? "true" : "false"
    case .integer(let number): text += String(number)
    case .text(let string):
      let needsMark = self == .marked && (string.hasPrefix(":") || string.hasPrefix("'"))
      text += EDNWriter.quoted(needsMark ? "'" + string : string)
    case .keyword(let name): text += EDNWriter.quoted(self == .marked ? ":" + name : name)
    case .list(let values):
      text += "["
      for (index, value) in values.enumerated() {
        if index > 0 { text += "," }
        append(value, to: &text)
      }
      text += "]"
    }
  }

  /// The keyword or string that a marked string stands for.
  static func unmarked(_ string: String) -> Value {
    switch string.utf8.first {
    case UInt8(ascii: ":"): .keyword(String(string.unicodeScalars.dropFirst()))
    case UInt8(ascii: "'"): .text(String(string.unicodeScalars.dropFirst()))
    default: .text(string)
    }
  }
}

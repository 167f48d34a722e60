import Determinism

/// Writes events as Jepsen prints them, one map on each line.
struct EDNWriter {
  let keys: HistoryWriter.Keys

  func text(of events: [HistoryEvent]) -> String {
    var text = ""
    for (index, event) in events.enumerated() {
      let (type, value) = event.inJepsen(keys)
      text += "{:index \(index)"
      if let time = event.time { text += ", :time \(time.nanosecondsSinceStart)" }
      text += ", :type :\(type), :process \(event.process), :f "
      Self.append(.keyword(event.operation.invocation.function), to: &text)
      let key = event.operation.invocation.key
      if keys == .field, key != .none {
        text += ", :key "
        Self.append(key, to: &text)
      }
      text += ", :value "
      Self.append(value, to: &text)
      text += "}\n"
    }
    return text
  }

  /// Appends a value; a keyword that EDN cannot spell becomes a string.
  static func append(_ value: Value, to text: inout String) {
    switch value {
    case .keyword(let name) where !canSpell(keyword: name): text += quoted(name)
    case .list(let values):
      text += "["
      for (index, value) in values.enumerated() {
        if index > 0 { text += " " }
        append(value, to: &text)
      }
      text += "]"
    case .none, .boolean, .integer, .text, .keyword: text += value.description
    }
  }

  /// Whether a name can follow a colon: letters, digits and a few marks, with at most one slash.
  static func canSpell(keyword name: String) -> Bool {
    var slashes = 0
    for scalar in name.unicodeScalars {
      if scalar == "/" { slashes += 1 }
      let isFine =
        scalar.isASCII
        ? UInt8(scalar.value).isLetter || UInt8(scalar.value).isDigit
          || ".*+!-_?$%&=<>/".unicodeScalars.contains(scalar)
        : scalar.properties.isAlphabetic
      if !isFine { return false }
    }
    return !name.isEmpty && slashes < 2 && name.first != "/" && name.last != "/"
  }

  /// A string in quotes; control characters are escaped.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

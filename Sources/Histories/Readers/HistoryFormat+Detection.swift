extension HistoryFormat {
  /// The format that a text seems to be in; a text that fits none is taken for EDN.
  ///
  /// Looks at the first value only, except for logs, whose first lines may be anything.
  public static func detect(_ bytes: [UInt8]) -> HistoryFormat {
    var source = SourceText(bytes)
    source.skipSpace()
    let start = source.offset
    switch source.next {
    case UInt8(ascii: "{"):
      source.offset += 1
      source.skipSpace()
      return source.next == UInt8(ascii: "\"") ? ofLines(in: bytes) : .edn
    case UInt8(ascii: "["):
      source.offset += 1
      if beginsTransaction(source) { return .dbcop }
      source.skipSpace()
      if source.skip(UInt8(ascii: "{")) {
        source.skipSpace()
        return source.next == UInt8(ascii: "\"") ? .json : .edn
      }
    case UInt8(ascii: "-") where source.second == UInt8(ascii: "-"): return .dbcop
    case UInt8(ascii: "/") where source.second == UInt8(ascii: "/"): return .dbcop
    case UInt8(ascii: "("), UInt8(ascii: ";"), UInt8(ascii: "#"), nil: return .edn
    default: break
    }
    return bytes[start...].firstIndex(of: PorcupineEtcdReader.marker) == nil ? .edn : .porcupine
  }

  /// The format of lines of JSON, by the keys of the first object.
  private static func ofLines(in bytes: [UInt8]) -> HistoryFormat {
    var reader = JSONReader(bytes)
    guard let first = try? reader.next() else { return .json }
    let has = { first[$0] != nil }
    if has(OrreryHistory.schemaKey) { return .ndjson }
    if has("kind") || has("call") { return .jsonl }
    let isStateright = has("type") ? has("op") || has("ret") : has("model") || has("init")
    return isStateright ? .stateright : .json
  }

  /// Whether a name and `:=` or `==` come next.
  private static func beginsTransaction(_ place: SourceText) -> Bool {
    var source = place
    source.skipSpace()
    let name = source.take { $0.belongsToVariable }
    let isWrite = source.next == UInt8(ascii: ":") && source.second == UInt8(ascii: "=")
    let isRead = source.next == UInt8(ascii: "=") && source.second == UInt8(ascii: "=")
    return !name.isEmpty && (isWrite || isRead)
  }
}

/// A form of EDN (extensible data notation) with the place where it begins.
struct EDNValue {
  indirect enum Form {
    case none
    case boolean(Bool)
    case integer(Int64)
    /// A float, a ratio or a whole number beyond 64 bits, as written.
    case number(String)
    case text(String)
    case keyword(String)
    case symbol(String)
    case list([EDNValue])
    case map([(key: EDNValue, value: EDNValue)])
  }

  /// The offset of the first byte.
  let offset: Int
  let form: Form

  /// The entry of a map under a keyword, if the form is a map that has one.
  subscript(keyword: String) -> EDNValue? {
    guard case .map(let entries) = form else { return nil }
    return entries.first { entry in
      if case .keyword(keyword) = entry.key.form { true } else { false }
    }?.value
  }

  /// The form as a value of an operation; a map becomes the list of its `[key value]` pairs.
  func value(in source: SourceText) throws(HistoryError) -> Value {
    switch form {
    case .none: return .none
    case .boolean(let flag): return .boolean(flag)
    case .integer(let number): return .integer(number)
    case .text(let text): return .text(text)
    case .keyword(let name): return .keyword(name)
    case .list(let elements):
      var values: [Value] = []
      for element in elements { values.append(try element.value(in: source)) }
      return .list(values)
    case .map(let entries):
      var pairs: [Value] = []
      for (key, value) in entries {
        pairs.append(.list([try key.value(in: source), try value.value(in: source)]))
      }
      return .list(pairs)
    case .number(let digits):
      throw source.error(
        at: offset, "\(digits) is not a 64-bit whole number", fix: "use integers or strings")
    case .symbol(let name):
      throw source.error(
        at: offset, "the symbol \(name) is not a value",
        fix: "write a keyword :\(name) or a string \"\(name)\"")
    }
  }
}

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
    case set([EDNValue])
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

  /// The form as a value of an operation.
  ///
  /// A set becomes the list of its elements and a map the list of its `[key value]` pairs, both in
  /// the order of values: two sets or maps are equal however they were printed.
  func value(in source: SourceText) throws(HistoryError) -> Value {
    switch form {
    case .none: return .none
    case .boolean(let flag): return .boolean(flag)
    case .integer(let number): return .integer(number)
    case .text(let text): return .text(text)
    case .keyword(let name): return .keyword(name)
    case .list(let elements):
      var values: [Value] = []
      values.reserveCapacity(elements.count)
      for element in elements { values.append(try element.value(in: source)) }
      return .list(values)
    case .set(let elements):
      return .list(try Self.inOrder(elements, collection: "set", of: source).map { $0.value })
    case .map(let entries):
      let keys = try Self.inOrder(entries.map { $0.key }, collection: "map", of: source)
      var pairs: [Value] = []
      for key in keys {
        pairs.append(.list([key.value, try entries[key.position].value.value(in: source)]))
      }
      return .list(pairs)
    case .number(let digits):
      throw source.error(
        at: offset, message: "\(digits.prefix(40)) is not a 64-bit whole number",
        fix: "use integers or strings")
    case .symbol(let name):
      throw source.error(
        at: offset, message: "the symbol \(name.prefix(40)) is not a value",
        fix: "write a keyword :\(name.prefix(40)) or a string \"\(name.prefix(40))\"")
    }
  }

  /// The values of forms that must differ, with their positions, in the order of values.
  private static func inOrder(
    _ forms: [EDNValue], collection: String, of source: SourceText
  ) throws(HistoryError) -> [(value: Value, position: Int)] {
    var values: [(value: Value, position: Int)] = []
    for (position, form) in forms.enumerated() {
      values.append((try form.value(in: source), position))
    }
    values.sort { left, right in
      left.value == right.value
        ? left.position < right.position : left.value.precedes(right.value)
    }
    for (value, next) in zip(values, values.dropFirst()) where value.value == next.value {
      throw source.error(
        at: forms[next.position].offset, message: "this \(collection) has \(next.value) twice",
        fix: "keep one of them")
    }
    return values
  }
}

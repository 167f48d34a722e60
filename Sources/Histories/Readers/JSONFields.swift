extension SourceText {
  /// A field of an object that has to be there.
  func field(_ name: String, of line: EDNValue) throws(HistoryError) -> EDNValue {
    if let field = line[name] { return field }
    guard case .map = line.form else {
      throw error(
        at: line.offset, message: "a line is a JSON object", fix: "write {\"\(name)\": …}")
    }
    throw error(
      at: line.offset, message: "this line has no \"\(name)\"", fix: "add \"\(name)\" to the object"
    )
  }

  /// A field that is a whole number.
  func integer(_ name: String, of line: EDNValue) throws(HistoryError) -> Int64 {
    let field = try field(name, of: line)
    guard case .integer(let number) = field.form else {
      throw error(
        at: field.offset, message: "\"\(name)\" is a whole number", fix: "write \"\(name)\": 0")
    }
    return number
  }

  /// A field that is a string.
  func text(_ name: String, of line: EDNValue) throws(HistoryError) -> String {
    let field = try field(name, of: line)
    guard case .text(let text) = field.form else {
      throw error(at: field.offset, message: "\"\(name)\" is a string", fix: "put it in quotes")
    }
    return text
  }
}

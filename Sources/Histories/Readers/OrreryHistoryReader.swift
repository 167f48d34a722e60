import Determinism

/// Reads Orrery's own format; see `OrreryHistory`.
struct OrreryHistoryReader {
  private var reader: JSONReader
  private var builder = HistoryBuilder()

  static func read(_ bytes: [UInt8]) throws(HistoryError) -> HistoryFile {
    var file = OrreryHistoryReader(reader: JSONReader(bytes))
    let header = try file.header()
    while let line = try file.reader.next() { try file.add(line) }
    let count = Int64(file.builder.history.eventCount)
    if let promised = header.events, promised != count {
      throw file.reader.source.error(
        at: bytes.count,
        message: "the file has \(count) events, but its first line says \(promised)",
        fix: promised > count
          ? "it was cut off: record it again" : "correct \"events\" in the first line")
    }
    return HistoryFile(file.builder.history, format: .ndjson, suggestedModel: header.model)
  }

  /// Reads the first line, which says what the rest is.
  private mutating func header() throws(HistoryError) -> (events: Int64?, model: String?) {
    let source = reader.source
    guard let line = try reader.next(), line[OrreryHistory.schemaKey] != nil else {
      throw source.error(
        at: source.offset, message: "the first line does not say that this is a history of Orrery",
        fix: "begin with {\"\(OrreryHistory.schemaKey)\":\"\(OrreryHistory.schema)\","
          + "\"version\":\(OrreryHistory.version)}")
    }
    let schema = try source.text(OrreryHistory.schemaKey, of: line)
    guard schema == OrreryHistory.schema else {
      throw source.error(
        at: line.offset, message: "this is a \(schema.prefix(40)) of Orrery, not a history",
        fix: "choose another file")
    }
    try requireKnown(try source.integer("version", of: line), of: line)
    return (
      line["events"] == nil ? nil : try source.integer("events", of: line),
      line["model"] == nil ? nil : try source.text("model", of: line)
    )
  }

  private func requireKnown(_ version: Int64, of line: EDNValue) throws(HistoryError) {
    let known = OrreryHistory.version
    guard !(1...known).contains(version) else { return }
    throw reader.source.error(
      at: line["version"]?.offset ?? line.offset,
      message: "this history has version \(version), "
        + (version > known ? "but versions up to \(known) are known" : "which never was"),
      fix: version > known ? "read it with a newer Orrery" : "write \"version\":\(known)")
  }

  private mutating func add(_ line: EDNValue) throws(HistoryError) {
    let source = reader.source
    let index = Int64(builder.history.eventCount)
    if line["i"] != nil, case let found = try source.integer("i", of: line), found != index {
      throw source.error(
        at: line["i"]?.offset ?? line.offset,
        message: "event \(found) stands where \(index) should be",
        fix: "restore the lines that are missing or out of order")
    }
    let process = ProcessID(try source.integer("p", of: line))
    let type = try source.text("type", of: line)
    let time = try time(of: line)
    let value = try value("v", of: line)
    if type == "invoke" {
      let invocation = Invocation(
        process: process, function: try source.text("f", of: line),
        key: try self.value("k", of: line),
        input: value)
      return try builder.invoke(invocation, at: line.offset, of: source, time: time)
    }
    let completion: Completion
    switch type {
    case "ok": completion = .ok(value)
    case "fail": completion = .fail
    case "info": completion = .info
    default:
      throw source.error(
        at: line["type"]?.offset ?? line.offset, message: "unknown type \"\(type.prefix(40))\"",
        fix: "use \"invoke\", \"ok\", \"fail\" or \"info\"")
    }
    let function =
      line["f"] == nil
      ? builder.openInvocation(of: process)?.function : try source.text("f", of: line)
    try builder.complete(
      process, function: function ?? "an operation", completion, at: line.offset, of: source,
      time: time, partialResult: type == "ok" ? .none : value)
  }

  private func time(of line: EDNValue) throws(HistoryError) -> Instant? {
    guard let field = line["t"] else { return nil }
    let nanoseconds: UInt64? =
      switch field.form {
      case .integer(let number): UInt64(exactly: number)
      case .number(let digits): UInt64(digits)
      default: nil
      }
    guard let nanoseconds else {
      throw reader.source.error(
        at: field.offset, message: "a time is a whole number of nanoseconds, not negative",
        fix: "write \"t\":0, or leave it out")
    }
    return Instant(nanosecondsSinceStart: nanoseconds)
  }

  private func value(_ name: String, of line: EDNValue) throws(HistoryError) -> Value {
    guard let field = line[name] else { return .none }
    return try decoded(field)
  }

  private func decoded(_ form: EDNValue) throws(HistoryError) -> Value {
    switch form.form {
    case .text(let string): return JSONStrings.unmarked(string)
    case .list(let elements):
      var values: [Value] = []
      for element in elements { values.append(try decoded(element)) }
      return .list(values)
    case .map:
      throw reader.source.error(
        at: form.offset, message: "an object is no value",
        fix: "write the list of its [key, value] pairs")
    default: return try form.value(in: reader.source)
    }
  }
}

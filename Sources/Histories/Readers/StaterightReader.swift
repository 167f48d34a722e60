/// Reads histories of Stateright's testers, one JSON object for each event.
///
/// * The first line may name the object: `{"model": "register", "init": "Register('A')"}`.
/// * `{"type": "invoke", "process": 0, "op": "Write('B')"}` becomes a `write` of `"B"`.
/// * `{"type": "ok", "process": 0, "ret": "PopOk(Some(10))"}` completes a `pop` with 10. A return
///   whose name ends in `Fail`, such as `WriteFail`, says that the operation did not happen.
struct StaterightReader {
  private var reader: JSONReader
  private var builder = HistoryBuilder()
  private var model: String?

  static func read(_ bytes: [UInt8]) throws(HistoryError) -> HistoryFile {
    var file = StaterightReader(reader: JSONReader(bytes))
    var isFirst = true
    while let line = try file.reader.next() {
      if isFirst, line["type"] == nil {
        file.model = try file.suggestedModel(line)
      } else {
        try file.add(line)
      }
      isFirst = false
    }
    return HistoryFile(file.builder.history, format: .stateright, suggestedModel: file.model)
  }

  private mutating func add(_ line: EDNValue) throws(HistoryError) {
    let process = ProcessID(try reader.source.integer("process", of: line))
    switch try reader.source.text("type", of: line) {
    case "invoke":
      let call = try call("op", of: line)
      try builder.invoke(
        Invocation(
          process: process, function: Self.function(call.name), input: Self.value(of: call)),
        at: line.offset, of: reader.source)
    case "ok":
      let call = try call("ret", of: line)
      let isFailure = call.name.hasSuffix("Fail")
      guard isFailure || call.name.hasSuffix("Ok") else {
        throw reader.source.error(
          at: line["ret"]?.offset ?? line.offset, message: "the return \(call.name) is unknown",
          fix: "its name is that of the operation with Ok or Fail behind it")
      }
      try builder.complete(
        process, function: Self.function(String(call.name.dropLast(isFailure ? 4 : 2))),
        isFailure ? .fail : .ok(Self.value(of: call)), at: line.offset, of: reader.source)
    case let other:
      throw reader.source.error(
        at: line["type"]?.offset ?? line.offset, message: "unknown type \"\(other.prefix(40))\"",
        fix: "use \"invoke\" or \"ok\"")
    }
  }

  private func call(
    _ name: String, of line: EDNValue
  ) throws(HistoryError) -> RustNotation.Call {
    let text = try reader.source.text(name, of: line)
    let offset = line[name]?.offset ?? line.offset
    return try RustNotation.call(text, at: offset, of: reader.source)
  }

  /// The name of our model for what the first line says, if there is one.
  private func suggestedModel(_ header: EDNValue) throws(HistoryError) -> String? {
    let model = try reader.source.text("model", of: header).prefix { $0 != "(" }
    let start = try reader.source.text("init", of: header)
    switch (model, start) {
    case ("stack", "Vec::new()"): return "stack"
    case ("register", _):
      let initial = try call("init", of: header)
      guard initial.name == "Register", initial.arguments.count == 1 else { return nil }
      return "register?initial=\(initial.arguments[0])"
    default: return nil
    }
  }

  /// The name of an operation as our models have it: `Write` becomes `write`.
  private static func function(_ name: String) -> String {
    var words = ""
    for character in name {
      if character.isUppercase, !words.isEmpty { words += "-" }
      words += character.lowercased()
    }
    return words
  }

  private static func value(of call: RustNotation.Call) -> Value {
    switch call.arguments.count {
    case 0: .none
    case 1: call.arguments[0]
    default: .list(call.arguments)
    }
  }
}

import Determinism

/// Reads the history of a Jepsen test: maps of EDN, one for each event, in a vector or loose.
///
/// A process that is not a number is not a client (`:nemesis`) and is passed over. Operations that
/// never complete stay open; after `:info` a process may invoke again.
struct JepsenHistoryReader {
  private var reader: EDNReader
  private var builder = HistoryBuilder()

  private init(_ bytes: [UInt8]) {
    reader = EDNReader(bytes)
  }

  static func read(_ bytes: [UInt8]) throws(HistoryError) -> History {
    var history = JepsenHistoryReader(bytes)
    try history.readAll()
    return history.builder.history
  }

  private mutating func readAll() throws(HistoryError) {
    let start = try reader.nextOffset()
    if reader.skip(UInt8(ascii: "[")) {
      try readEvents()
      try reader.close(UInt8(ascii: "]"), openedAt: start)
    } else if reader.skip(UInt8(ascii: "(")) {
      try readEvents()
      try reader.close(UInt8(ascii: ")"), openedAt: start)
    }
    try readEvents()
    let end = try reader.nextOffset()
    guard end == reader.source.bytes.count else {
      throw reader.source.error(
        at: end, "this bracket closes nothing", fix: "remove it, or add the opening one")
    }
  }

  private mutating func readEvents() throws(HistoryError) {
    while let form = try reader.next() { try add(form) }
  }

  private mutating func add(_ event: EDNValue) throws(HistoryError) {
    let source = reader.source
    guard case .map = event.form else {
      throw source.error(
        at: event.offset, "an event is a map",
        fix: "write {:process 0, :type :invoke, :f :read, :value nil}")
    }
    guard let process = try process(of: event) else { return }
    let type = try required("type", of: event)
    let functionForm = try required("f", of: event)
    let function = try word(functionForm)
    let value = try event["value"]?.value(in: source) ?? .none
    var time: Instant?
    if case .integer(let nanoseconds) = event["time"]?.form, nanoseconds >= 0 {
      time = Instant(nanosecondsSinceStart: UInt64(nanoseconds))
    }
    let completion: Completion
    var partialResult = Value.none
    switch try word(type) {
    case "invoke":
      let key = try event["key"]?.value(in: source) ?? .none
      return try builder.invoke(
        Invocation(process: process, function: function, key: key, input: value),
        at: event.offset, of: source, time: time)
    case "ok": completion = .ok(value)
    case "fail":
      completion = .fail
      partialResult = value
    case "info":
      completion = .info
      partialResult = value
    case let other:
      throw source.error(
        at: type.offset, "unknown type :\(other)", fix: "use :invoke, :ok, :fail or :info")
    }
    try builder.complete(
      process, function: function, completion, at: functionForm.offset, of: source, time: time,
      partialResult: partialResult)
  }

  /// The client process of an event, or nil when it is not a client's.
  private func process(of event: EDNValue) throws(HistoryError) -> ProcessID? {
    let form = try required("process", of: event)
    switch form.form {
    case .integer(let number): return ProcessID(number)
    case .keyword: return nil
    default:
      throw reader.source.error(
        at: form.offset, "a process is a number or a keyword", fix: "write :process 0")
    }
  }

  private func required(
    _ name: String, of event: EDNValue
  ) throws(HistoryError) -> EDNValue {
    if let form = event[name] { return form }
    throw reader.source.error(
      at: event.offset, "this event has no :\(name)", fix: "add :\(name) to the map")
  }

  /// A keyword, string or symbol as a plain word; the name of a function or type.
  private func word(_ form: EDNValue) throws(HistoryError) -> String {
    switch form.form {
    case .keyword(let word), .text(let word), .symbol(let word): return word
    default:
      throw reader.source.error(
        at: form.offset, "a name should be here", fix: "write a keyword such as :read")
    }
  }
}

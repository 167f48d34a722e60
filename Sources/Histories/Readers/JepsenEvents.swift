import Determinism

/// Makes a history of events in the vocabulary of Jepsen, from EDN or from JSON.
///
/// * A process without a number is no client (`:nemesis`); its events are passed over. Where no
///   event names a process, all belong to one.
/// * An event without `:f` is a transaction if its value is a list of micro-operations; a
///   completion without `:f` completes what was invoked. Elle's histories leave it out.
/// * After `:info` a process may invoke again. What never completes stays open.
struct JepsenEvents {
  /// What events are written in.
  enum Notation {
    case edn
    /// Names may come as strings, which JSON has instead of keywords.
    case json

    /// How a name is written.
    func spelling(_ name: some StringProtocol) -> String {
      self == .edn ? ":\(name)" : "\"\(name)\""
    }
  }

  let source: SourceText
  let options: HistoryReadingOptions
  let notation: Notation
  private var builder = HistoryBuilder()
  /// Whether events name their process; decided by the first one.
  private var namesProcesses: Bool?

  init(of source: SourceText, in notation: Notation, options: HistoryReadingOptions) {
    self.source = source
    self.options = options
    self.notation = notation
  }

  /// What the events so far make.
  var history: History { builder.history }

  /// Adds the next event.
  mutating func add(_ form: EDNValue) throws(HistoryError) {
    let event = try JepsenEvent(form, of: source, in: notation)
    guard let process = try process(of: event) else { return }
    let value = try value(of: event)
    let time = time(of: event)
    switch try typeWord(of: event) {
    case "invoke":
      try builder.invoke(
        try invocation(by: process, of: event, value: value), at: event.offset, of: source,
        time: time)
    case "ok": try complete(process, event, .ok(value), value, time)
    case "fail": try complete(process, event, .fail, value, time)
    case "info": try complete(process, event, .info, value, time)
    case let other:
      throw source.error(
        at: event.type?.offset ?? event.offset,
        message: "unknown type \(notation.spelling(other.prefix(40)))",
        fix:
          "use \(["invoke", "ok", "fail"].map { notation.spelling($0) }.joined(separator: ", ")) or "
          + notation.spelling("info"))
    }
  }

  // MARK: Invocations and completions

  private func invocation(
    by process: ProcessID, of event: JepsenEvent, value: Value
  ) throws(HistoryError) -> Invocation {
    let (key, input) = try keyAndValue(of: event, value: value)
    return Invocation(
      process: process, function: try function(of: event, value: input), key: key, input: input)
  }

  private mutating func complete(
    _ process: ProcessID, _ event: JepsenEvent, _ outcome: Completion, _ value: Value,
    _ time: Instant?
  ) throws(HistoryError) {
    var invoked = builder.openInvocation(of: process)
    if invoked == nil, options.loneCompletions == .instantaneous {
      let lone = try invocation(by: process, of: event, value: value)
      try builder.invoke(lone, at: event.offset, of: source, time: time)
      invoked = lone
    }
    let function =
      if event.function == nil, let invoked { invoked.function } else {
        try function(of: event, value: value)
      }
    var completion = outcome
    var partialResult = Value.none
    if case .ok = outcome {
      completion = .ok(try answer(value, of: event, to: invoked))
    } else {
      partialResult = report(value, to: invoked)
    }
    try builder.complete(
      process, function: function, completion, at: event.function?.offset ?? event.offset,
      of: source, time: time, partialResult: partialResult)
  }

  // MARK: Fields

  /// The client of an event, or nil when it is no client's.
  private mutating func process(of event: JepsenEvent) throws(HistoryError) -> ProcessID? {
    let isNamed = event.process != nil
    guard namesProcesses ?? isNamed == isNamed else {
      throw isNamed
        ? source.error(
          at: event.process?.offset ?? event.offset, message: "only some events have a process",
          fix: "add \(notation.spelling("process")) to all of them")
        : missing("process", of: event)
    }
    namesProcesses = isNamed
    guard let form = event.process else { return ProcessID(0) }
    switch form.form {
    case .integer(let number): return ProcessID(number)
    case .keyword(let name), .text(let name), .symbol(let name):
      if let number = Int64(name) { return ProcessID(number) }
      let type = event.type == nil ? "info" : try typeWord(of: event)
      if type == "info" || name == "nemesis" || name == ":nemesis" { return nil }
      throw source.error(
        at: form.offset, message: "the process \(name.prefix(40)) has no number",
        fix: "number the clients 0, 1, 2 and so on")
    default:
      throw source.error(
        at: form.offset, message: "a process is a number or a name", fix: "write 0")
    }
  }

  private func typeWord(of event: JepsenEvent) throws(HistoryError) -> String {
    guard let form = event.type else { throw missing("type", of: event) }
    return try word(form)
  }

  private func function(of event: JepsenEvent, value: Value) throws(HistoryError) -> String {
    if let form = event.function { return try word(form) }
    guard value.isListOfMicroOperations else { throw missing("f", of: event) }
    return "txn"
  }

  private func value(of event: JepsenEvent) throws(HistoryError) -> Value {
    let value = try event.value?.value(in: source) ?? .none
    return notation == .json ? value.namingMicroOperations : value
  }

  private func time(of event: JepsenEvent) -> Instant? {
    guard case .integer(let nanoseconds) = event.time?.form, nanoseconds >= 0 else { return nil }
    return Instant(nanosecondsSinceStart: UInt64(nanoseconds))
  }

  private func missing(_ name: String, of event: JepsenEvent) -> HistoryError {
    source.error(
      at: event.offset, message: "this event has no \(notation.spelling(name))",
      fix: "add \(notation.spelling(name)) to the \(notation == .edn ? "map" : "object")")
  }

  /// A keyword, string or symbol as a plain word; the name of a function or type.
  private func word(_ form: EDNValue) throws(HistoryError) -> String {
    switch form.form {
    case .text(let word) where word.utf8.first == UInt8(ascii: ":"): return String(word.dropFirst())
    case .keyword(let word), .text(let word), .symbol(let word): return word
    default:
      throw source.error(
        at: form.offset, message: "a name should be here",
        fix: "write a name such as \(notation.spelling("read"))")
    }
  }
}

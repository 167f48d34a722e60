import Determinism

/// Orrery's own format for histories: lines of JSON, nothing lost.
///
/// ```text
/// {"orrery":"history","version":1,"events":2,"model":"cas-register"}
/// {"i":0,"t":1000,"p":0,"type":"invoke","f":"write","k":":x","v":1}
/// {"i":1,"t":2000,"p":0,"type":"ok"}
/// ```
///
/// * The first line names the schema and its version. `events` is the number of lines that follow,
///   so that a file which was cut off is noticed; `model` is a name for `orrery check`. Both are
///   optional.
/// * `i` is the place in the order of events, `t` the time in nanoseconds, `p` the process. A
///   completion belongs to the one open operation of its process.
/// * `k` and `v` are key and value: the arguments of an invocation, the result of `ok`, what a
///   `fail` or `info` reported. They are left out when they are nil.
/// * Integers, booleans, nil and lists are those of JSON. A string that begins with a colon is a
///   keyword; a string that begins with `'` is what follows the `'`; all others are themselves.
///
/// Readers pass over fields that they do not know.
enum OrreryHistory {
  /// The key by which the first line is recognised, and its value.
  static let schemaKey = "orrery"
  static let schema = "history"
  /// The version written; all up to it can be read.
  static let version: Int64 = 1
}

/// Writes events as lines of Orrery's own format.
enum OrreryHistoryWriter {
  static func text(of events: [HistoryEvent], model: String?) -> String {
    var text = "{\"\(OrreryHistory.schemaKey)\":\"\(OrreryHistory.schema)\""
    text += ",\"version\":\(OrreryHistory.version),\"events\":\(events.count)"
    if let model { text += ",\"model\":\(EDNWriter.quoted(model))" }
    text += "}\n"
    for (index, event) in events.enumerated() {
      text += "{\"i\":\(index)"
      if let time = event.time { text += ",\"t\":\(time.nanosecondsSinceStart)" }
      text += ",\"p\":\(event.process),\"type\":\"\(event.type)\""
      let invocation = event.operation.invocation
      if event.isCompletion {
        append("v", value: event.outcome, to: &text)
      } else {
        text += ",\"f\":\(EDNWriter.quoted(invocation.function))"
        append("k", value: invocation.key, to: &text)
        append("v", value: invocation.input, to: &text)
      }
      text += "}\n"
    }
    return text
  }

  private static func append(_ name: String, value: Value, to text: inout String) {
    guard value != .none else { return }
    text += ",\"\(name)\":"
    JSONStrings.marked.append(value, to: &text)
  }
}

extension HistoryEvent {
  /// What a completion brought: the result, or what failed operations reported.
  fileprivate var outcome: Value {
    if case .ok(let result) = operation.completion { result } else { operation.partialResult }
  }
}

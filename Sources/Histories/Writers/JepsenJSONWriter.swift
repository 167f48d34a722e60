import Determinism

/// Writes events as elle-cli reads them: one array with an object on each line.
struct JepsenJSONWriter {
  let keys: HistoryWriter.Keys

  func text(of events: [HistoryEvent]) -> String {
    var text = "["
    for (index, event) in events.enumerated() {
      let (type, value) = event.inJepsen(keys)
      text += index == 0 ? "\n" : ",\n"
      text += "{\"index\":\(index)"
      if let time = event.time { text += ",\"time\":\(time.nanosecondsSinceStart)" }
      text += ",\"type\":\"\(type)\",\"process\":\(event.process),\"f\":"
      text += EDNWriter.quoted(event.operation.invocation.function)
      let key = event.operation.invocation.key
      if keys == .field, key != .none {
        text += ",\"key\":"
        JSONStrings.plain.append(key, to: &text)
      }
      text += ",\"value\":"
      JSONStrings.plain.append(value, to: &text)
      text += "}"
    }
    return text + "\n]\n"
  }
}
